package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.engine.Engine;
import dev.parley.identity.User;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What happens when somebody says something: a command is carried out, anything else is planned.
 */
final class Hearing {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Talks talks;
  private final Bounds bounds;
  private final Obeying obeying;
  private final Understanding understanding;
  private final Replies replies;
  private final Supplier<String> ids;

  Hearing(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Talks talks,
      Bounds bounds,
      Obeying obeying,
      Understanding understanding,
      Replies replies,
      Supplier<String> ids) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.talks = talks;
    this.bounds = bounds;
    this.obeying = obeying;
    this.understanding = understanding;
    this.replies = replies;
    this.ids = ids;
  }

  /** One message, secrets redacted, in its thread. */
  void said(Inbound.Said said) {
    Optional<User> user = engine.directory().user(settings.tenant(), said.speaker().person());
    Talk talk = talks.open(said.place(), title(said.text()));
    talks.heard(
        talk.thread(),
        said.message(),
        said.speaker(),
        user.map(User::id).orElse(said.speaker().person().toString()),
        said.text());
    Optional<Command> command =
        Questions.answers(talk, user, said.text()) ? Optional.empty() : Commands.parse(said.text());
    if (!bounds.at(said.place()).bound() && !personal(command)) {
      voice.whisper(
          said,
          Notice.warn(
              "This channel is not bound",
              "Nothing is planned or answered here. An admin binds a channel in the configuration"
                  + " (surfaces); `whoami` and `link` work everywhere."));
      return;
    }
    if (user.isEmpty() && !open(command, said.place())) {
      stranger(said);
      return;
    }
    if (!said.files().isEmpty()) {
      voice.whisper(
          said,
          Notice.say(
              "Files are not read",
              String.join(", ", said.files()) + ": say what matters of it as text."));
    }
    if (command.isPresent()) {
      replies.begin(command.get(), said, talk);
      try {
        obeying.obey(command.get(), said, talk, user);
      } finally {
        replies.end(talk);
      }
    } else {
      user.ifPresent(known -> understanding.free(said, talk, known, said.text(), true));
    }
  }

  /** An answer given by a button, as if it had been said. */
  void chosen(Inbound answered, User user, String choice) {
    Talk talk = talks.open(answered.place(), choice);
    talks.heard(talk.thread(), ids.get(), answered.speaker(), user.id(), choice);
    understanding.free(answered, talk, user, choice, true);
  }

  /** Plans a text, in place of a message that was edited. */
  void planAgain(Inbound answered, User user, String text) {
    Talk talk = talks.open(answered.place(), title(text));
    talks.heard(talk.thread(), ids.get(), answered.speaker(), user.id(), text);
    understanding.free(answered, talk, user, text, false);
  }

  /** What is only about whoever says it. */
  private static boolean personal(Optional<Command> command) {
    return command
        .map(
            one ->
                one instanceof Command.Help
                    || one instanceof Command.WhoAmI
                    || one instanceof Command.Link
                    || one instanceof Command.Unlink)
        .orElse(false);
  }

  private boolean open(Optional<Command> command, Place place) {
    return command
        .map(
            one ->
                switch (one) {
                  case Command.Help _, Command.WhoAmI _, Command.Misused _ -> true;
                  case Command.Link(var code, _) -> code.isEmpty();
                  case Command.Status _,
                      Command.Show _,
                      Command.Diff _,
                      Command.Rules _,
                      Command.Blueprints _,
                      Command.Sparql _,
                      Command.Receipt _,
                      Command.Waivers _ ->
                      bounds.at(place).strangersRead();
                  default -> false;
                })
        .orElse(false);
  }

  private void stranger(Inbound said) {
    voice.whisper(
        said,
        Notice.warn(
            "You are not linked",
            "Nobody of this tenant is linked to "
                + said.speaker().person()
                + ", so nothing can be done for you here. Say `link` to be linked, or ask an admin;"
                + " `whoami` says what is known."));
  }

  private static String title(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 80 ? line : line.substring(0, 79) + "…";
  }
}
