package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Service;
import dev.parley.bot.assistant.concept.Concept.Verb;
import dev.parley.bot.assistant.lexicon.Idioms;
import dev.parley.bot.assistant.text.Token.Kind;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Postgres 16, version 1.31, Python 3.12, Ubuntu 22.04. */
final class Versions implements Recogniser {
  @Override
  public Optional<Hit> at(Sentence s, int i) {
    if (s.token(i).kind() != Kind.WORD) {
      return Optional.empty();
    }
    if (s.isWord(i, Set.of("version", "v", "ver"))) {
      int at = s.skip(i + 1, Set.of(":", "is", "of", "to"));
      return number(s, at).flatMap(version -> Hit.of(version(version), at + 1 - i));
    }
    if (s.key(i).matches("v\\d{1,3}(\\.\\d{1,3}){0,3}")) {
      return Hit.of(version(s.key(i).substring(1)), 1);
    }
    return runtime(s, i).or(() -> image(s, i)).or(() -> software(s, i));
  }

  private static Quality version(String version) {
    return new Quality(List.of(Fields.of("version", Value.text(version))), Set.of());
  }

  private static Optional<Hit> software(Sentence s, int i) {
    return s.lexicon()
        .phrase(s.tokens(), i)
        .flatMap(
            match -> {
              Optional<Service> service =
                  match.concepts().stream()
                      .filter(Service.class::isInstance)
                      .map(Service.class::cast)
                      .findFirst();
              int at = i + match.length();
              boolean upgrading =
                  s.before().orElse(null) instanceof Verb verb && verb.intent() == Intent.ALTER;
              int digits =
                  s.skip(at, upgrading ? Set.of("version", "v", "to") : Set.of("version", "v"));
              Optional<String> version = number(s, digits);
              if (service.isEmpty() || version.isEmpty()) {
                return Optional.<Hit>empty();
              }
              Service found = service.get();
              boolean software = !found.noun() && !found.arguments().isEmpty();
              boolean counts =
                  Set.of("gb", "gib", "tb", "mb", "vcpu", "vcpus", "x", "/")
                      .contains(s.key(digits + 1));
              boolean decimal = version.get().contains(".");
              if (counts
                  || !software
                      && !(decimal && s.lexicon().services().takes(found.service(), "version"))) {
                return Optional.<Hit>empty();
              }
              Fields arguments = found.arguments().with("version", Value.text(version.get()));
              return Hit.of(
                  new Service(found.service(), found.base(), arguments, found.noun()),
                  digits + 1 - i);
            });
  }

  private static Optional<Hit> runtime(Sentence s, int i) {
    String key = s.key(i);
    String word = key.replaceAll("[\\d.]+(x)?$", "");
    if (word.equals("node")
        && (!key.equals(word)
            || s.mentions(Set.of("function", "functions", "lambda", "lambdas"))
                && s.isNumber(i + 1))) {
      word = "nodejs";
    }
    Optional<Idioms.Runtime> runtime = Idioms.runtime(word).or(() -> Idioms.runtime(key));
    if (runtime.isEmpty()) {
      return Optional.empty();
    }
    String inWord =
        Idioms.runtime(key).isPresent()
            ? ""
            : key.substring(
                key.length() - (key.length() - key.replaceAll("[\\d.]+(x)?$", "").length()));
    Optional<String> behind =
        inWord.isEmpty() ? number(s, i + 1) : Optional.of(inWord.replaceAll("\\.?x$", ""));
    boolean counted = inWord.isEmpty() && behind.isPresent();
    String name = runtime.get().name();
    String value =
        behind
            .map(version -> name + version + runtime.get().suffix())
            .orElse(runtime.get().latest());
    return Hit.of(
        new Quality(List.of(Fields.of("runtime", Value.text(value))), Set.of()), counted ? 2 : 1);
  }

  private static Optional<Hit> image(Sentence s, int i) {
    for (int length = 2; length >= 1; length--) {
      String words = length == 2 ? s.key(i) + " " + s.key(i + 1) : s.key(i);
      Optional<String> image = Idioms.image(words);
      if (image.isPresent()) {
        String plain = image.get();
        Optional<String> version =
            number(s, i + length)
                .filter(
                    number ->
                        s.lexicon().services().variant(plain + "-" + number)
                            || !s.lexicon().services().variant(plain));
        String name = plain + version.map(number -> "-" + number).orElse("");
        return Hit.of(
            new Quality(List.of(Fields.of("image", Value.text(name))), Set.of()),
            version.isPresent() ? length + 1 : length);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> number(Sentence s, int i) {
    if (s.isNumber(i) && !s.token(i).text().contains(",")) {
      return Optional.of(s.token(i).text());
    }
    boolean dotted =
        s.token(i).kind() == Kind.WORD && s.key(i).matches("v?\\d{1,4}(\\.\\d{1,4}){0,3}");
    return dotted ? Optional.of(s.key(i).replace("v", "")) : Optional.empty();
  }
}
