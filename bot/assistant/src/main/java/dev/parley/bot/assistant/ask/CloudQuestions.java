package dev.parley.bot.assistant.ask;

import dev.parley.identity.Account;
import dev.parley.plan.Conversation;
import dev.parley.plan.Reading;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads questions that only the clouds themselves can answer: what exists beside what is tracked,
 * logs, health, what was really spent, what has drifted.
 */
public final class CloudQuestions {
  private static final Pattern UNTRACKED =
      Pattern.compile(
          "(?s).*\\b(?:untracked|unmanaged|(?:not|don't|dont|doesn't|nobody|no one|isn't|aren't)"
              + "\\s+(?:being\\s+|yet\\s+)?(?:tracks?|tracked|managed?|manages?))\\b.*");
  private static final Pattern ASKING =
      Pattern.compile("(?:what|which|is|are|show|list|find|discover|anything|tell|how)\\b.*|.*\\?");
  private static final Pattern LOGS =
      Pattern.compile(
          "(?:please\\s+)?(?:can"
              + " you\\s+)?(?:show|get|give|tail|see|read|print|fetch)?\\s*(?:me\\s+)?"
              + "(?:the\\s+)?logs?\\s+(?:of|from|for)\\s+(\\S+?)"
              + "(?:\\s+(?:since|from|for|of|in)\\s+(?:the\\s+)?(.+?))?\\s*[?.!]?");
  private static final Pattern DRIFTED =
      Pattern.compile(
          "(?s)(?:has|have|did|is there|are there|what|what's|whats|show|which|any)\\b.*"
              + "\\b(?:drift|drifts|drifted)\\b.*");
  private static final Pattern HEALTH =
      Pattern.compile(
          "(?:is\\s+(\\S+)\\s+(?:healthy|well|working|up)|(?:what(?:'s|"
              + " is)\\s+the\\s+)?health\\s+of\\s+(\\S+?)|how\\s+is\\s+(\\S+)\\s+doing)\\s*[?.!]?");
  private static final Pattern SPENT =
      Pattern.compile(
          "(?s).*\\b(?:did\\s+\\S+\\s+(?:really\\s+|actually\\s+)?(?:spend|pay|cost)|"
              + "(?:have|has)\\s+\\S+\\s+(?:really\\s+|actually\\s+)?(?:spent|paid|cost)|"
              + "(?:was|were)\\s+(?:we\\s+)?billed|(?:actual|real|billed)\\s+costs?)\\b.*");
  private static final Pattern BY =
      Pattern.compile("\\b(?:by|per)\\s+(service|region|tag)s?(?:\\s+([\\w-]+))?");
  private static final Pattern GRAPH =
      Pattern.compile("\\b(?:by|per|team)\\s+(?:team|account|environment)\\b");
  private static final Pattern PERIOD =
      Pattern.compile(
          "\\b((?:last|this)\\s+(?:month|year)|yesterday|today|\\d{4}-\\d{2}(?:-\\d{2})?)\\b"
              + "|\\bsince\\s+(\\S+)");

  private CloudQuestions() {}

  /** What a message asks of the clouds; empty if it asks nothing of them. */
  public static Optional<Reading> read(String message, Conversation conversation) {
    String said = message.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
    Map<String, String> arguments = new HashMap<>();
    account(said, conversation).ifPresent(account -> arguments.put("account", account));
    Matcher logs = LOGS.matcher(said);
    if (logs.matches()) {
      return of(
          "cloud-logs",
          with(
              Map.of("resource", original(message, logs, 1)),
              "since",
              Optional.ofNullable(logs.group(2))));
    }
    if (UNTRACKED.matcher(said).matches() && ASKING.matcher(said).matches()) {
      return of("cloud-discover", arguments);
    }
    if (DRIFTED.matcher(said).matches()) {
      return of("cloud-drift", arguments);
    }
    Matcher health = HEALTH.matcher(said);
    if (health.matches()) {
      for (int group = 1; group <= 3; group++) {
        if (health.group(group) != null) {
          return tracked(original(message, health, group), conversation);
        }
      }
    }
    return SPENT.matcher(said).matches() && !GRAPH.matcher(said).find()
        ? spent(said, arguments)
        : Optional.empty();
  }

  private static Optional<Reading> spent(String said, Map<String, String> arguments) {
    Matcher by = BY.matcher(said);
    Matcher period = PERIOD.matcher(said);
    boolean grouped = by.find();
    boolean dated = period.find();
    if (!grouped && !dated) {
      return Optional.empty();
    }
    if (grouped) {
      arguments.put("by", by.group(1));
      if (by.group(1).equals("tag") && by.group(2) != null) {
        arguments.put("tag", by.group(2));
      }
    }
    if (dated) {
      arguments.put(
          "period", Optional.ofNullable(period.group(1)).orElse(String.valueOf(period.group(2))));
    }
    return of("cloud-costs", arguments);
  }

  /** Only of what exists: "is it healthy" may mean anything else. */
  private static Optional<Reading> tracked(String name, Conversation conversation) {
    return conversation.tracked().stream().anyMatch(one -> one.at().name().equals(name))
        ? of("cloud-health", Map.of("resource", name))
        : Optional.empty();
  }

  private static String original(String message, Matcher matcher, int group) {
    return message.strip().substring(matcher.start(group), matcher.end(group));
  }

  private static Map<String, String> with(
      Map<String, String> arguments, String name, Optional<String> value) {
    var all = new HashMap<>(arguments);
    value.ifPresent(text -> all.put(name, text));
    return all;
  }

  private static Optional<String> account(String said, Conversation conversation) {
    return conversation.accounts().stream()
        .map(Account::id)
        .filter(
            id ->
                Pattern.compile(
                        "(?<![\\w-])" + Pattern.quote(id.toLowerCase(Locale.ROOT)) + "(?![\\w-])")
                    .matcher(said)
                    .find())
        .findFirst();
  }

  private static Optional<Reading> of(String question, Map<String, String> arguments) {
    return Optional.of(new Reading.Asks(question, arguments, Optional.empty()));
  }
}
