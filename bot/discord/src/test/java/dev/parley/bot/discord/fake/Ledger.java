package dev.parley.bot.discord.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the bot sent, for whoever checks it with Discord's own types: {@code -Dcards=FOLDER} keeps
 * it, one line of JSON for each kind of body and its content, one file for each stand-in.
 */
final class Ledger {
  private final Optional<Path> folder =
      Optional.ofNullable(System.getProperty("cards")).map(Path::of);
  private final Set<String> lines = new LinkedHashSet<>();

  /** Notes what a call brought, if anybody asked for it. */
  void note(String method, String[] at, Value body) {
    if (folder.isPresent()) {
      kind(method, at)
          .ifPresent(kind -> lines.add(Json.write(Obj.of("kind", kind).with("body", body))));
    }
  }

  /** The name of the body's type in discord-api-types, without REST and JSONBody. */
  private static Optional<String> kind(String method, String[] at) {
    String call = method + " " + at[0];
    return switch (call) {
      case "POST interactions" -> Optional.of("PostAPIInteractionCallback");
      case "POST webhooks" -> Optional.of("PostAPIWebhookWithToken");
      case "POST channels" ->
          Optional.of(at.length == 5 ? "PostAPIChannelMessagesThreads" : "PostAPIChannelMessage");
      case "PATCH channels" ->
          Optional.of(at.length == 4 ? "PatchAPIChannelMessage" : "PatchAPIChannel");
      default -> Optional.empty();
    };
  }

  void write() {
    folder
        .filter(_ -> !lines.isEmpty())
        .ifPresent(
            to -> {
              try {
                Path into = Files.createDirectories(to.resolve("discord"));
                Files.write(Files.createTempFile(into, "sent-", ".jsonl"), lines);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
