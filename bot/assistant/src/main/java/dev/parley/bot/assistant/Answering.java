package dev.parley.bot.assistant;

import dev.parley.bot.assistant.text.Numbers;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Tokenizer;
import dev.parley.plan.Reading.Question;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a message as the answer to a question: "2", "the first", "staging", "yes". */
final class Answering {
  private static final Set<String> DEFAULT =
      Set.of(
          "yes",
          "y",
          "ok",
          "okay",
          "default",
          "the default",
          "sure",
          "any",
          "whatever",
          "either",
          "fine",
          "yes please",
          "the default one",
          "you choose",
          "doesn't matter");
  private static final Set<String> ALL =
      Set.of("all", "all of them", "both", "every one", "everything", "them all");

  private Answering() {}

  /** The choice that was made; empty if the message is none. */
  static Optional<String> choice(String message, Question question) {
    List<String> choices = question.choices();
    String plain = message.strip().toLowerCase(Locale.ROOT).replaceAll("[.!?]+$", "").strip();
    if (plain.isEmpty() || plain.length() > 200) {
      return Optional.empty();
    }
    Optional<String> exact = choices.stream().filter(c -> c.equalsIgnoreCase(plain)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    if (!choices.isEmpty()) {
      if (DEFAULT.contains(plain)) {
        return Optional.of(choices.getFirst());
      }
      if (ALL.contains(plain) && choices.contains("all of them")) {
        return Optional.of("all of them");
      }
      Optional<Integer> number = number(plain);
      if (number.isPresent()) {
        return number.get() >= 1 && number.get() <= choices.size()
            ? Optional.of(choices.get(number.get() - 1))
            : Optional.empty();
      }
    }
    return named(plain, choices).or(() -> choices.isEmpty() ? free(message) : Optional.empty());
  }

  /** "2", "#2", "option 2", "the second", "the last". */
  private static Optional<Integer> number(String plain) {
    String bare =
        plain
            .replaceAll("^(the|option|number|choice|nr|no\\.?|#)\\s*", "")
            .replaceAll("\\s+(one|option|choice)(,? please)?$", "")
            .replaceAll(",? please$", "")
            .strip();
    if (bare.matches("#?\\d{1,2}[.)]?")) {
      return Optional.of(Integer.parseInt(bare.replaceAll("\\D", "")));
    }
    List<Token> tokens = Tokenizer.of(bare);
    if (tokens.size() != 1) {
      return Optional.empty();
    }
    return Numbers.ordinal(bare)
        .or(() -> Numbers.at(tokens, 0).map(read -> read.value().intValue()));
  }

  /** The one choice whose words the message says, or that starts with what it says. */
  private static Optional<String> named(String plain, List<String> choices) {
    String words = " " + plain.replaceAll("[^\\p{L}\\p{N}._:/-]+", " ") + " ";
    List<String> said =
        choices.stream()
            .filter(c -> words.contains(" " + c.toLowerCase(Locale.ROOT) + " "))
            .toList();
    if (said.size() == 1
        && words.strip().split(" ").length <= said.getFirst().split(" ").length + 4) {
      return Optional.of(said.getFirst());
    }
    List<String> starting =
        choices.stream()
            .filter(c -> plain.length() >= 2 && c.toLowerCase(Locale.ROOT).startsWith(plain))
            .toList();
    List<String> ending =
        choices.stream()
            .filter(c -> plain.length() >= 2 && c.toLowerCase(Locale.ROOT).endsWith("/" + plain))
            .toList();
    return starting.size() == 1
        ? Optional.of(starting.getFirst())
        : ending.size() == 1 ? Optional.of(ending.getFirst()) : Optional.empty();
  }

  /** Any short answer, where there is nothing to choose from. */
  private static Optional<String> free(String message) {
    List<Token> tokens = Tokenizer.of(message);
    return tokens.size() == 1 && tokens.getFirst().kind() != Token.Kind.SIGN
        ? Optional.of(tokens.getFirst().text())
        : Optional.empty();
  }
}
