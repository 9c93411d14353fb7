package dev.parley.bot.talk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells commands from free text. */
public final class Commands {
  /** The first word of every command, for completion. */
  public static final List<String> WORDS =
      List.of(
          "plan",
          "show",
          "diff",
          "approve",
          "reject",
          "break-glass",
          "review",
          "discard",
          "cancel",
          "retry",
          "rollback",
          "status",
          "ask",
          "sparql",
          "waive",
          "waivers",
          "keep as",
          "blueprints",
          "rules",
          "receipt",
          "audit",
          "discover",
          "import",
          "drift",
          "logs",
          "health",
          "costs",
          "operations",
          "call",
          "catalog",
          "permissions",
          "use",
          "link",
          "unlink",
          "whoami",
          "help");

  private static final String PLAN = "([a-z]{1,3}-\\d{1,9})";
  private static final int MOST_DAYS = 90;
  private static final int USUAL_DAYS = 7;
  private static final Pattern WAIVE =
      Pattern.compile(
          "(?is)waive\\s+([A-Za-z0-9_.-]+)(?:\\s+on\\s+(\\S+))?(?:\\s+for\\s+(\\d{1,4})\\s+days?)?\\s+because\\s+(\\S.*)");
  private static final Pattern GLASS =
      Pattern.compile("(?is)(p-\\d{1,9})[.!]?(?:\\s+in\\s+(\\S+)\\s+because\\s+(\\S.*))?");
  private static final Pattern DECISIVE =
      Pattern.compile(
          "(?i)(?:(?:ok(?:ay)?|yes|yep|sure|please)[,!. ]+)*(?:lgtm|approved?|i approve|approve"
              + " (?:it|this|that|the plan)|looks good(?: to me)?|ship it|go ahead|do it|run"
              + " it|apply(?: it)?|sounds"
              + " good|\\+1|:\\+1:|👍|✅|:white_check_mark:|reject(?:ed)?|reject"
              + " (?:it|this|that)|:-1:|👎|break(?:[- ]|[- ]the[- ])?glass.*)[!. ]*");

  private Commands() {}

  /** The command that a message is; empty if it is free text. */
  static Optional<Command> parse(String message) {
    String text = message.strip();
    boolean slash = text.startsWith("/");
    if (slash) {
      text = text.substring(1).replaceFirst("(?i)^parley\\b\\s*", "").strip();
    }
    Optional<Command> found = known(text);
    return found.isPresent() || !slash
        ? found
        : Optional.of(
            text.isEmpty()
                ? new Command.Help()
                : new Command.Misused("help", "There is no command `" + first(text) + "`"));
  }

  private static Optional<Command> known(String text) {
    String rest = rest(text);
    return Optional.ofNullable(
        switch (first(text)) {
          case "plan" ->
              rest.isEmpty()
                  ? misused("plan <what you want>", "It says nothing to plan")
                  : new Command.Plan(rest);
          case "show" -> id(rest, "[a-z]*p").<Command>map(Command.Show::new).orElse(null);
          case "diff" -> id(rest, "p").<Command>map(Command.Diff::new).orElse(null);
          case "approve" -> approve(text, rest);
          case "reject" -> reject(text, rest);
          case "break-glass" -> breakGlass(text, rest);
          case "review" -> id(rest, "p").<Command>map(Command.Review::new).orElse(null);
          case "discard" -> id(rest, "p").<Command>map(Command.Discard::new).orElse(null);
          case "cancel" -> run(rest).<Command>map(Command.Cancel::new).orElse(null);
          case "retry" -> run(rest).<Command>map(Command.Retry::new).orElse(null);
          case "rollback" ->
              id(rest, "r")
                  .<Command>map(Command.RollBack::new)
                  .orElseGet(
                      () ->
                          rest.contains(" ") ? null : misused("rollback r-17", "It names no run"));
          case "status" -> rest.isEmpty() ? new Command.Status() : null;
          case "ask" ->
              rest.isEmpty() ? misused("ask <question>", "It asks nothing") : new Command.Ask(rest);
          case "sparql" ->
              rest.isEmpty()
                  ? misused("sparql SELECT …", "There is no query")
                  : new Command.Sparql(rest);
          case "waive" -> waive(text);
          case "waivers" -> rest.isEmpty() ? new Command.Waivers() : null;
          case "keep" -> keep(rest);
          case "blueprints" -> rest.isEmpty() ? new Command.Blueprints() : null;
          case "rules" -> rules(rest);
          case "receipt" ->
              id(rest, "p")
                  .<Command>map(Command.Receipt::new)
                  .orElseGet(() -> misused("receipt p-42", "It names no plan"));
          case "audit" -> rest.isEmpty() ? new Command.Audit() : null;
          case "use" -> rest.matches("\\S+") ? new Command.Use(rest) : null;
          case "link" -> link(rest);
          case "unlink" ->
              rest.matches("\\S*")
                  ? new Command.Unlink(rest.isEmpty() ? Optional.empty() : Optional.of(rest))
                  : null;
          case "whoami" -> rest.isEmpty() ? new Command.WhoAmI() : null;
          case "help" -> rest.isEmpty() ? new Command.Help() : null;
          default ->
              DECISIVE.matcher(text).matches()
                  ? new Command.Decisive(text)
                  : CloudCommands.parse(first(text), rest).map(Commands::cloud).orElse(null);
        });
  }

  private static Command cloud(CloudCommand command) {
    return command instanceof CloudCommand.Wrong(var usage, var why)
        ? misused(usage, why)
        : new Command.Cloud(command);
  }

  private static @org.jspecify.annotations.Nullable Command link(String rest) {
    if (rest.isEmpty()) {
      return new Command.Link(Optional.empty(), Optional.empty());
    }
    Matcher matcher = Pattern.compile("(?i)([0-9a-f]{16})(?:\\s+as\\s+(\\S+))?").matcher(rest);
    return matcher.matches()
        ? new Command.Link(Optional.of(matcher.group(1)), Optional.ofNullable(matcher.group(2)))
        : null;
  }

  private static Command approve(String text, String rest) {
    Optional<String> plan = id(rest, "p");
    if (plan.isPresent()) {
      return new Command.Approve(plan.get());
    }
    return DECISIVE.matcher(text).matches() || rest.length() < 30
        ? new Command.Decisive(text)
        : misused("approve p-42", "It names no plan");
  }

  private static Command breakGlass(String text, String rest) {
    Matcher matcher = GLASS.matcher(rest);
    if (!matcher.matches()) {
      return rest.isEmpty()
          ? misused("break-glass p-42", "It names no plan")
          : new Command.Decisive(text);
    }
    return new Command.BreakGlass(
        matcher.group(1).toLowerCase(Locale.ROOT),
        Optional.ofNullable(matcher.group(2))
            .map(environment -> new Command.GlassForm(environment, matcher.group(3).strip())));
  }

  private static Command reject(String text, String rest) {
    Matcher matcher = Pattern.compile("(?is)" + PLAN + "[\\s,:]*(.*)").matcher(rest);
    if (!matcher.matches()) {
      return new Command.Decisive(text);
    }
    String reason = matcher.group(2).strip().replaceFirst("(?i)^because\\s+", "");
    return reason.isEmpty()
        ? misused("reject " + matcher.group(1) + " <why>", "A rejection says why")
        : new Command.Reject(matcher.group(1).toLowerCase(Locale.ROOT), reason);
  }

  private static Command waive(String text) {
    String usage = "waive RULE [on address] [for 7 days] because <reason>";
    Matcher matcher = WAIVE.matcher(text);
    if (!matcher.matches()) {
      return misused(
          usage, text.contains("because") ? "It could not be read" : "A waiver needs a reason");
    }
    int days = Optional.ofNullable(matcher.group(3)).map(Integer::parseInt).orElse(USUAL_DAYS);
    if (days < 1 || days > MOST_DAYS) {
      return misused(usage, "A waiver lasts 1 to " + MOST_DAYS + " days, not " + days);
    }
    return new Command.Waive(
        matcher.group(1).toUpperCase(Locale.ROOT),
        Optional.ofNullable(matcher.group(2)),
        days,
        matcher.group(4).strip());
  }

  private static @org.jspecify.annotations.Nullable Command keep(String rest) {
    Matcher matcher = Pattern.compile("(?i)as\\s+(\\S+)").matcher(rest);
    if (!matcher.matches()) {
      return rest.isEmpty() || rest.equalsIgnoreCase("as")
          ? misused("keep as <name>", "It gives no name")
          : null;
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    return name.matches("[a-z0-9][a-z0-9-]{0,59}")
        ? new Command.Keep(name)
        : misused(
            "keep as web-shop",
            "A blueprint's name is lower-case letters, digits and dashes, not " + name);
  }

  private static @org.jspecify.annotations.Nullable Command rules(String rest) {
    if (rest.isEmpty()) {
      return new Command.Rules(Optional.empty());
    }
    return rest.matches("[A-Za-z0-9_.-]+")
        ? new Command.Rules(Optional.of(rest.toUpperCase(Locale.ROOT)))
        : null;
  }

  private static Optional<String> id(String text, String prefix) {
    return text.matches("(?i)" + prefix + "-\\d{1,9}[.!]?")
        ? Optional.of(text.toLowerCase(Locale.ROOT).replaceFirst("[.!]$", ""))
        : Optional.empty();
  }

  /** Nothing, or a run; empty if it is something else. */
  private static Optional<Optional<String>> run(String rest) {
    if (rest.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    return id(rest, "r").map(Optional::of);
  }

  private static Command misused(String usage, String why) {
    return new Command.Misused(usage, why);
  }

  private static String first(String text) {
    return text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String rest(String text) {
    String[] parts = text.split("\\s+", 2);
    return parts.length < 2 ? "" : parts[1].strip();
  }
}
