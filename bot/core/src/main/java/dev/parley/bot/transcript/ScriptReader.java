package dev.parley.bot.transcript;

import dev.parley.bot.transcript.Script.Line;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads scripts; collects every mistake. */
final class ScriptReader {
  private static final Pattern SAYS =
      Pattern.compile("([A-Za-z][A-Za-z0-9_.-]{0,39}):(?:\\s+(.*))?");
  private static final Pattern PRESSES =
      Pattern.compile("\\[([^\\]]{1,75})\\](?:\\s+on\\s+v(\\d{1,4}))?(?:\\s+(.*))?");
  private static final Pattern EMOJI = Pattern.compile("(-?):([a-z0-9_+-]{1,40}):");
  private static final Pattern THREAD = Pattern.compile("---+\\s+(?:thread\\s+)?(\\S.*)");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(d|h|m|min|s)");
  private static final Pattern JSON =
      Pattern.compile(
          "(?:([a-z]+)\\s+)?(/\\S*)\\s+(==|!=|<=|>=|<|>|contains|exists|absent)(?:\\s+(.*))?");
  private static final Set<String> EVENTS =
      Set.of("message", "question", "plan", "vote", "receipt", "step", "run", "answer", "error");
  private static final String FORMAT = "see bot/README.md for the format";

  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  ScriptReader(String name) {
    this.name = name;
  }

  Script read(String text) {
    List<String> raw = text.lines().toList();
    for (int i = 0; i < raw.size(); i++) {
      line(i + 1, raw.get(i));
    }
    if (lines.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(name, "nothing", "a script has at least one line", "write `ann: …`"));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new Script(name, lines);
  }

  private void line(int number, String raw) {
    String line = raw.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    boolean continues =
        raw.startsWith("  ") && !lines.isEmpty() && lines.getLast() instanceof Script.Says;
    if (continues) {
      Script.Says former = (Script.Says) lines.removeLast();
      lines.add(new Script.Says(former.number(), former.person(), former.text() + "\n" + line));
      return;
    }
    switch (line.charAt(0)) {
      case '-' -> thread(number, line);
      case '>' -> expects(number, line.substring(1).strip());
      case '@' -> directive(number, line.substring(1).strip());
      default -> person(number, line);
    }
  }

  private void thread(int number, String line) {
    Matcher matcher = THREAD.matcher(line);
    if (matcher.matches()) {
      lines.add(new Script.Goes(number, matcher.group(1).strip()));
    } else {
      wrong(number, line, "a thread has a name", "write `--- thread shop`");
    }
  }

  private void person(int number, String line) {
    Matcher says = SAYS.matcher(line);
    String said = says.matches() ? Optional.ofNullable(says.group(2)).orElse("").strip() : "";
    if (said.isEmpty()) {
      wrong(
          number,
          line,
          "it says neither who nor what",
          "write `ann: text`, `bob: [Approve]` or `bob: :+1:`; " + FORMAT);
      return;
    }
    String who = says.group(1);
    Matcher presses = PRESSES.matcher(said);
    Matcher emoji = EMOJI.matcher(said);
    if (presses.matches()) {
      int revision = Optional.ofNullable(presses.group(2)).map(Integer::parseInt).orElse(0);
      lines.add(
          new Script.Presses(
              number,
              who,
              presses.group(1).strip(),
              Optional.ofNullable(presses.group(3)).orElse("").strip(),
              revision));
    } else if (emoji.matches()) {
      lines.add(new Script.Reacts(number, who, emoji.group(2), !emoji.group(1).isEmpty()));
    } else {
      lines.add(new Script.Says(number, who, said));
    }
  }

  private void directive(int number, String text) {
    String[] words = text.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "crash" -> lines.add(new Script.Crashes(number));
      case "meanwhile" -> lines.add(new Script.Meanwhile(number));
      case "wait" -> {
        if (rest.isEmpty() || rest.equals("run")) {
          lines.add(new Script.Waits(number));
        } else {
          wrong(number, "@" + text, "only a run can be waited for", "write `@wait run`");
        }
      }
      case "advance" -> advance(number, text, rest);
      default ->
          wrong(
              number,
              "@" + text,
              "there is no such directive",
              "there are @crash, @meanwhile, @wait run, @advance 25h");
    }
  }

  private void advance(int number, String text, String rest) {
    Matcher matcher = SPAN.matcher(rest);
    if (!matcher.matches()) {
      wrong(
          number,
          "@" + text,
          "that is no span of time",
          "write `@advance 25h`; units are d, h, m, s");
      return;
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration by =
        switch (matcher.group(2)) {
          case "d" -> Duration.ofDays(amount);
          case "h" -> Duration.ofHours(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    lines.add(new Script.Advances(number, by));
  }

  private void expects(int number, String text) {
    boolean acted = lines.stream().anyMatch(line -> !(line instanceof Script.Goes));
    if (!acted) {
      wrong(number, "> " + text, "nothing has happened yet", "put it behind the line it is about");
      return;
    }
    boolean not = text.startsWith("not ");
    String rest = not ? text.substring(4).strip() : text;
    String[] words = rest.split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    Optional<Expectation> expectation =
        argument.isEmpty()
            ? Optional.empty()
            : switch (words[0]) {
              case "contains" -> Optional.of(new Expectation.Contains(argument, not));
              case "button" -> Optional.of(new Expectation.Offers(argument, not));
              case "event" -> event(argument, not);
              case "json" -> not ? Optional.empty() : json(argument);
              default -> Optional.empty();
            };
    expectation.ifPresentOrElse(
        found -> lines.add(new Script.Expects(number, found)),
        () ->
            wrong(
                number,
                "> " + text,
                "that is no expectation",
                "write `> contains …`, `> not contains …`, `> event plan`, `> button Approve` or `>"
                    + " json /verdict/findings/0/rule == \"AWS-EC2-007\"`"));
  }

  private static Optional<Expectation> event(String argument, boolean not) {
    String[] words = argument.split("\\s+");
    if (!EVENTS.contains(words[0])
        || words.length > 2
        || (words.length == 2 && !words[1].matches("\\d{1,4}"))) {
      return Optional.empty();
    }
    Optional<Integer> count =
        words.length == 2 ? Optional.of(Integer.parseInt(words[1])) : Optional.empty();
    return Optional.of(new Expectation.Events(words[0], not, count));
  }

  private static Optional<Expectation> json(String argument) {
    Matcher matcher = JSON.matcher(argument);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String event = Optional.ofNullable(matcher.group(1)).orElse("");
    String op = matcher.group(3);
    String value = Optional.ofNullable(matcher.group(4)).orElse("").strip();
    boolean alone = op.equals("exists") || op.equals("absent");
    if ((!event.isEmpty() && !EVENTS.contains(event)) || alone != value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Expectation.JsonAt(
              event, matcher.group(2), op, alone ? Value.NULL : Json.parsePlain(value)));
    } catch (Invalid | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void wrong(int number, String what, String why, String next) {
    problems.add(new Problem(name + ", line " + number, what, why, next));
  }
}
