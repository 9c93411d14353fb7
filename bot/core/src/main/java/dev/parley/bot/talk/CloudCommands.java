package dev.parley.bot.talk;

import dev.parley.plan.Reading;
import dev.parley.provider.Costs;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells commands that look into clouds, by their words or by what a planner made of a question. */
final class CloudCommands {
  private static final Pattern IN = Pattern.compile("(?is)(.*?)\\s+in\\s+(\\S+)");
  private static final Pattern LOGS =
      Pattern.compile("(?is)(?:of\\s+)?(\\S+)(?:\\s+since\\s+(\\S.*))?");
  private static final Pattern CALL =
      Pattern.compile("(?is)([A-Za-z][\\w-]*[.:][\\w.-]+)\\s*(\\{.*\\})?(?:\\s+in\\s+(\\S+))?");
  private static final Pattern COSTS =
      Pattern.compile(
          "(?is)(?:(?!by\\b|since\\b|last\\b|this\\b|tag\\b)(?:of\\s+|in\\s+)?(\\S+))?"
              + "(?:\\s*\\bby\\s+(service|region|tag)(?:\\s+(?!since\\b|last\\b|this\\b)(\\S+))?)?(?:\\s*\\b(?:since\\s+(\\S.*)|((?:last|this)"
              + " (?:month|week|year)|\\d{4}-\\d{2})))?");

  private CloudCommands() {}

  /**
   * The command; empty if it is free text after all.
   *
   * @param first the message's first word, lower case
   */
  static Optional<CloudCommand> parse(String first, String rest) {
    return switch (first) {
      case "discover" -> discover(rest);
      case "import" -> imports(rest);
      case "drift" ->
          rest.matches("\\S*")
              ? Optional.of(new CloudCommand.Drift(given(rest)))
              : Optional.empty();
      case "logs" -> logs(rest);
      case "health" ->
          rest.matches("\\S+")
              ? Optional.of(new CloudCommand.Health(rest))
              : rest.isEmpty() ? wrong("health web-1", "It names no resource") : Optional.empty();
      case "costs" -> costs(rest);
      case "operations" -> {
        Placed placed = Placed.of(rest);
        yield rest.isEmpty()
            ? wrong("operations <words> [in <account>]", "It says nothing to search for")
            : Optional.of(new CloudCommand.Operations(placed.words(), placed.account()));
      }
      case "call" -> call(rest);
      case "catalog" -> catalog(rest);
      case "permissions" -> {
        Placed placed = Placed.of(rest);
        yield rest.isEmpty()
            ? wrong("permissions p-42", "It names no plan and no type")
            : Optional.of(new CloudCommand.Permissions(placed.words(), placed.account()));
      }
      default -> Optional.empty();
    };
  }

  /** What a planner understood; empty if the question is one for the graph. */
  static Optional<CloudCommand> of(Reading.Asks asks) {
    Map<String, String> said = asks.arguments();
    Optional<String> account = Optional.ofNullable(said.get("account"));
    return switch (asks.question()) {
      case "cloud-discover" ->
          Optional.of(new CloudCommand.Discover(account, Optional.ofNullable(said.get("type"))));
      case "cloud-drift" -> Optional.of(new CloudCommand.Drift(account));
      case "cloud-logs" ->
          Optional.of(
              new CloudCommand.Logs(
                  said.getOrDefault("resource", ""), said.getOrDefault("since", "")));
      case "cloud-health" ->
          Optional.of(new CloudCommand.Health(said.getOrDefault("resource", "")));
      case "cloud-costs" ->
          Optional.of(
              new CloudCommand.Spent(
                  account,
                  by(said.getOrDefault("by", "")),
                  said.getOrDefault("tag", ""),
                  said.getOrDefault("period", "")));
      default -> Optional.empty();
    };
  }

  /** Words, and the account behind a last "in". */
  private record Placed(String words, Optional<String> account) {
    static Placed of(String text) {
      Matcher matcher = IN.matcher(text);
      return matcher.matches()
          ? new Placed(matcher.group(1).strip(), Optional.of(matcher.group(2)))
          : new Placed(text.strip(), Optional.empty());
    }
  }

  private static Optional<CloudCommand> discover(String rest) {
    String[] parts = rest.split("\\s+", 2);
    return Optional.of(
        new CloudCommand.Discover(
            given(parts[0]), parts.length < 2 ? Optional.empty() : given(parts[1])));
  }

  private static Optional<CloudCommand> imports(String rest) {
    String[] parts = rest.split("\\s+", 2);
    return parts.length < 2
        ? wrong(
            "import <account> <type or id>", "It says not what to import; `all` means everything")
        : Optional.of(new CloudCommand.Import(parts[0], parts[1].strip()));
  }

  private static Optional<CloudCommand> logs(String rest) {
    if (rest.isEmpty()) {
      return wrong("logs web-1 since 2h", "It names no resource");
    }
    Matcher matcher = LOGS.matcher(rest);
    return matcher.matches()
        ? Optional.of(new CloudCommand.Logs(matcher.group(1), group(matcher, 2).orElse("")))
        : Optional.empty();
  }

  private static Optional<CloudCommand> costs(String rest) {
    Matcher matcher = COSTS.matcher(rest);
    if (!matcher.matches()) {
      return wrong(
          "costs [account] [by service | by region | by tag owner] [since 2026-01-01 | last month]",
          "It could not be read");
    }
    String by = group(matcher, 2).orElse("").toLowerCase(Locale.ROOT);
    String tag = group(matcher, 3).orElse("");
    if (by.equals("tag") && tag.isEmpty()) {
      return wrong("costs by tag owner", "It names no tag");
    }
    return Optional.of(
        new CloudCommand.Spent(
            group(matcher, 1),
            by(by),
            tag,
            group(matcher, 4).or(() -> group(matcher, 5)).orElse("")));
  }

  private static Costs.By by(String word) {
    return switch (word) {
      case "service" -> Costs.By.SERVICE;
      case "region" -> Costs.By.REGION;
      case "tag" -> Costs.By.TAG;
      default -> Costs.By.TOTAL;
    };
  }

  private static Optional<CloudCommand> call(String rest) {
    if (rest.isEmpty()) {
      return wrong("call ec2.DescribeInstances {} in <account>", "It names no operation");
    }
    Matcher matcher = CALL.matcher(rest);
    return matcher.matches()
        ? Optional.of(
            new CloudCommand.Call(
                matcher.group(1), group(matcher, 2).orElse(""), group(matcher, 3)))
        : Optional.empty();
  }

  private static Optional<CloudCommand> catalog(String rest) {
    if (rest.isEmpty()) {
      return wrong("catalog <words>", "It says nothing to search for; or say `catalog refresh`");
    }
    Placed placed = Placed.of(rest);
    if (placed.words().equalsIgnoreCase("refresh")) {
      return Optional.of(new CloudCommand.Refresh(placed.account()));
    }
    Matcher refresh = Pattern.compile("(?i)refresh\\s+(\\S+)").matcher(rest);
    return Optional.of(
        refresh.matches()
            ? new CloudCommand.Refresh(Optional.of(refresh.group(1)))
            : new CloudCommand.Types(placed.words(), placed.account()));
  }

  private static Optional<CloudCommand> wrong(String usage, String why) {
    return Optional.of(new CloudCommand.Wrong(usage, why));
  }

  private static Optional<String> given(String word) {
    return word.isBlank() ? Optional.empty() : Optional.of(word.strip());
  }

  private static Optional<String> group(Matcher matcher, int number) {
    return Optional.ofNullable(matcher.group(number)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
