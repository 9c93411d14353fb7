package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.resource.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a resource wrote, and how it is. Its words are data: they are shown, never followed. */
public final class LogCard {
  private static final int SHOWN = 20;
  private static final int LONGEST = 160;

  private LogCard() {}

  /** The newest lines, all of them as a file. */
  public static Card of(Address at, Instant since, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return Notice.say(
          "No logs of " + at.name(), "It wrote nothing since " + Say.time(since) + ".");
    }
    var parts = new ArrayList<Part>();
    List<LogLine> last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
    parts.add(
        new Part.Code("", last.stream().map(LogCard::brief).collect(Collectors.joining("\n"))));
    parts.add(
        new Part.Note(
            Prose.of(
                (last.size() < lines.size()
                        ? "The last " + last.size() + " of " + lines.size() + " lines"
                        : Say.count(lines.size(), "line"))
                    + " since "
                    + Say.time(since)
                    + "; what looks like a credential is taken out.")));
    if (last.size() < lines.size()) {
      String all =
          lines.stream()
              .map(line -> line.at() + " " + line.source() + " " + line.text())
              .collect(Collectors.joining("\n", "", "\n"));
      parts.add(
          new Part.Attached(
              new Attachment(
                  at.name() + ".log",
                  "text/plain",
                  all.getBytes(StandardCharsets.UTF_8),
                  Optional.empty())));
    }
    return Notice.parts("Logs of " + at.name(), parts);
  }

  private static String brief(LogLine line) {
    String text = line.text().replaceAll("[\\r\\n\\t]+", " ");
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    return line.at().toString().substring(11, 19) + " " + cut;
  }

  /** How it is now. */
  public static Card health(Address at, Health health) {
    String said =
        health.detail()
            + health
                .problem()
                .map(problem -> ". " + problem.why() + ". " + Say.sentence(problem.next()))
                .orElse("");
    String title = at.name() + " is " + Say.lower(health.state());
    return switch (health.state()) {
      case HEALTHY -> Notice.good(title, said);
      case STARTING, UNHEALTHY -> Notice.warn(title, said);
      case UNKNOWN -> Notice.say(at.name() + ": nobody can tell", said);
    };
  }
}
