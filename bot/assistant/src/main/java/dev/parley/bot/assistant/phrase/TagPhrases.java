package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Tags;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tag cost-center=42, team shop, the shop team, owner ann, cost centre 42. */
final class TagPhrases implements Recogniser {
  private static final Set<String> TAG =
      Set.of("tag", "tags", "tagged", "tagging", "label", "labels", "labelled", "labeled");
  private static final Set<String> FILLERS =
      Set.of(
          "it",
          "them",
          "with",
          "as",
          ":",
          "everything",
          "all",
          "of",
          "the",
          "is",
          "this",
          "that",
          "to",
          "on",
          "tag",
          "tags",
          "=");
  private static final Map<String, String> KEYS =
      Map.of(
          "team",
          "team",
          "owner",
          "owner",
          "project",
          "project",
          "cost-center",
          "cost-center",
          "cost-centre",
          "cost-center",
          "costcenter",
          "cost-center",
          "costcentre",
          "cost-center");

  /** Behind a comma these are no tags: "tagged project=apollo, env=production". */
  private static final Set<String> SETTINGS =
      Set.of("env", "environment", "region", "account", "size", "name", "count");

  private static final Set<String> NO_TEAMS =
      Set.of(
          "the", "my", "our", "your", "this", "that", "a", "which", "for", "and", "in", "whole",
          "each", "every", "by", "of", "per");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    if (s.isWord(i, TAG)) {
      return pairs(s, i);
    }
    boolean owned = s.isWord(i, Set.of("owned")) && s.isWord(i + 1, Set.of("by"));
    if (owned) {
      return value(s, i, "owner", s.isWord(i + 2, Set.of("team", "the")) ? i : i + 2);
    }
    boolean centre = s.isWord(i, Set.of("cost")) && s.isWord(i + 1, Set.of("center", "centre"));
    String key =
        centre ? "cost-center" : s.token(i).kind() == Kind.WORD ? KEYS.get(s.key(i)) : null;
    if (key != null) {
      return value(s, i, key, centre ? i + 2 : i + 1);
    }
    boolean team =
        s.token(i + 1).word("team")
            && s.token(i).kind() == Kind.WORD
            && !NO_TEAMS.contains(s.key(i));
    boolean free =
        s.lexicon().meanings(s.key(i)).stream().allMatch(Concept.Service.class::isInstance);
    if (team && free) {
      return Hit.of(new Tags(Map.of("team", s.token(i).text())), 2);
    }
    return Optional.empty();
  }

  private static Optional<Hit> value(Sentence s, int i, String key, int from) {
    if (from == i) {
      return Optional.empty();
    }
    int at = s.skip(from, Set.of(":", "is", "=", "of", "should", "be"));
    Token token = s.token(at);
    boolean quotedOrNumber = token.kind() == Kind.QUOTED || token.kind() == Kind.NUMBER;
    boolean word =
        token.kind() == Kind.WORD
            && !NO_TEAMS.contains(token.key())
            && token.key().chars().anyMatch(Character::isLetterOrDigit);
    boolean free =
        word
            && !FILLERS.contains(token.key())
            && !s.isWord(at, Set.of("tag", "tags", "cost", "costs", "with", "has"));
    if (!quotedOrNumber && !free) {
      return Optional.empty();
    }
    return Hit.of(new Tags(Map.of(key, token.text())), at + 1 - i);
  }

  private static Optional<Hit> pairs(Sentence s, int i) {
    var tags = new LinkedHashMap<String, String>();
    int at = s.skip(i + 1, FILLERS);
    int end = i;
    while (at < s.tokens().size()) {
      int next = pair(s, at, tags);
      if (next == at) {
        break;
      }
      end = next;
      at = s.skip(end, Set.of(",", "and", "&", "tag", "tags", "tagged"));
      if (at == end) {
        break;
      }
    }
    return tags.isEmpty() ? Optional.empty() : Hit.of(new Tags(tags), end - i);
  }

  private static int pair(Sentence s, int at, Map<String, String> tags) {
    Token token = s.token(at);
    boolean setting =
        token.kind() == Kind.PAIR
            && !tags.isEmpty()
            && SETTINGS.contains(token.key().substring(0, token.key().indexOf('=')));
    if (setting) {
      return at;
    }
    if (token.kind() == Kind.PAIR) {
      int equals = token.text().indexOf('=');
      tags.put(token.text().substring(0, equals), bare(token.text().substring(equals + 1)));
      return at + 1;
    }
    boolean key = token.kind() == Kind.WORD || token.kind() == Kind.QUOTED;
    boolean centre = token.word("cost") && s.isWord(at + 1, Set.of("center", "centre"));
    int behind = centre ? at + 2 : at + 1;
    int value = s.skip(behind, Set.of(":", "=", "is"));
    boolean said = value > behind || closed(s, value + 1) || centre;
    boolean valued =
        s.token(value).kind() == Kind.WORD
            || s.token(value).kind() == Kind.NUMBER
            || s.token(value).kind() == Kind.QUOTED;
    boolean first = tags.isEmpty() || value > behind;
    if (key && said && valued && first) {
      tags.put(centre ? "cost-center" : token.text(), s.token(value).text());
      return value + 1;
    }
    return at;
  }

  private static boolean closed(Sentence s, int i) {
    return s.token(i).kind() == Kind.SIGN || s.isWord(i, Set.of("and", "in", "for", "with", "on"));
  }

  static String bare(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
