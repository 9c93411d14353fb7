package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Cidr;
import dev.parley.bot.assistant.concept.Concept.Domain;
import dev.parley.bot.assistant.concept.Concept.Known;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.text.Token;
import dev.parley.bot.assistant.text.Token.Kind;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that say what they are by their looks: names, regions, sizes, types, addresses, images. */
final class Shapes implements Recogniser {
  private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?");
  private static final Pattern IMAGE =
      Pattern.compile(
          "[a-z0-9][a-z0-9._-]{0,80}(:\\d{2,5}/)?(/?[a-z0-9][a-z0-9._-]{0,80}){0,5}(:[A-Za-z0-9][\\w.-]{0,60}|@sha256:[0-9a-f]{64})");
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9-]{1,40}(\\.[a-z0-9-]{1,40}){1,4}/[a-z0-9][a-z0-9._/-]{0,120}");
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9_][a-z0-9_-]{0,62}(\\.[a-z0-9][a-z0-9-]{0,62}){1,6}\\.?");
  private static final Set<String> ENDINGS =
      Set.of(
          "com",
          "net",
          "org",
          "io",
          "dev",
          "app",
          "in",
          "example",
          "test",
          "local",
          "internal",
          "cloud",
          "co",
          "uk",
          "de",
          "eu",
          "ai",
          "tech",
          "shop",
          "store",
          "me",
          "us",
          "info",
          "biz",
          "fr",
          "nl",
          "corp",
          "lan",
          "xyz");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Token token = s.token(i);
    if (token.kind() == Kind.QUOTED) {
      return s.lexicon()
          .named(token.text())
          .filter(Known.class::isInstance)
          .flatMap(known -> Hit.of(known, 1));
    }
    if (token.kind() != Kind.WORD || token.text().length() > 300) {
      return Optional.empty();
    }
    boolean phrase = s.lexicon().phrase(s.tokens(), i).isPresent();
    return s.lexicon()
        .named(token.text())
        .or(() -> phrase ? Optional.empty() : s.lexicon().shaped(token.text()))
        .or(() -> address(token.key()))
        .flatMap(concept -> Hit.of(concept, 1));
  }

  private static Optional<Concept> address(String word) {
    if (IP.matcher(word).matches()) {
      return Optional.of(new Cidr(word));
    }
    boolean image =
        !word.contains("::") && !word.contains("//") && IMAGE.matcher(word).matches()
            || REPOSITORY.matcher(word).matches();
    if (image) {
      return Optional.of(new Quality(List.of(Fields.of("image", Value.text(word))), Set.of()));
    }
    String host = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    if (HOST.matcher(host).matches()
        && ENDINGS.contains(host.substring(host.lastIndexOf('.') + 1))) {
      return Optional.of(new Domain(host));
    }
    return Optional.empty();
  }
}
