package dev.parley.bot.assistant.lexicon;

import dev.parley.bot.assistant.concept.Concept.City;
import dev.parley.bot.assistant.concept.Concept.Region;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the clouds are: cities, and the region codes of each family. */
public final class Atlas {
  private static final Fields DATA = Data.read("regions.yaml");
  private static final Phrases PHRASES = new Phrases();
  private static final Map<String, City> BY_CODE = new LinkedHashMap<>();
  private static final Map<String, Pattern> CODES = new HashMap<>();

  static {
    for (Value entry : DATA.itemsAt("cities")) {
      var regions = new LinkedHashMap<String, String>();
      ((Fields) entry)
          .fields()
          .forEach(
              (key, value) -> {
                if (value instanceof Text(var code)) {
                  regions.put(key, code);
                }
              });
      var words = Data.texts(((Fields) entry).get("words").orElse(Value.NULL));
      var city = new City(words.getFirst(), regions);
      words.forEach(word -> PHRASES.add(word, city));
      regions.forEach((family, code) -> BY_CODE.putIfAbsent(family + ":" + code, city));
    }
    DATA.fieldsAt("codes")
        .fields()
        .forEach(
            (family, pattern) -> {
              if (pattern instanceof Text(var regex)) {
                CODES.put(family, Pattern.compile(regex));
              }
            });
  }

  private Atlas() {}

  /** The cities' words. */
  public static Phrases phrases() {
    return PHRASES;
  }

  /** A word that looks like some family's region code. */
  public static Optional<Region> region(String word) {
    if (word.length() < 6 || word.length() > 30) {
      return Optional.empty();
    }
    var families = new HashSet<String>();
    CODES.forEach(
        (family, pattern) -> {
          if (pattern.matcher(word).matches() || BY_CODE.containsKey(family + ":" + word)) {
            families.add(family);
          }
        });
    return families.isEmpty()
        ? Optional.empty()
        : Optional.of(new Region(word, Set.copyOf(families)));
  }

  /** The region of another family that is nearest to one of this family. */
  public static Optional<String> counterpart(String family, String region, String other) {
    return Optional.ofNullable(BY_CODE.get(family + ":" + region))
        .flatMap(city -> Optional.ofNullable(city.regions().get(other)));
  }
}
