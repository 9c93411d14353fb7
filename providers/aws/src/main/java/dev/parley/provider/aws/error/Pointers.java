package dev.parley.provider.aws.error;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which properties a message of the vendor is about. The registry's validator names them ({@code
 * #/BucketName: expected type}), patches name them ({@code /properties/Tags}), and most services
 * name a parameter in words.
 */
final class Pointers {
  private static final Pattern PLACE =
      Pattern.compile("(?:(?<=#)|(?<=[\\s('\"\\[])(?=/properties/))(/[\\w~*/-]+(?:\\.[\\w-]+)*)");
  private static final Pattern KEYS =
      Pattern.compile("#(/[\\w~*/-]+)?: (?:required|extraneous) key \\[([^\\]]+)]");
  private static final Pattern LISTED =
      Pattern.compile("(?i)(?:propert(?:y|ies)|keys?) \\[([^\\]]+)]");
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i)\\b(?:property|parameter|field|member|key|attribute|at)\\s+['\"`(]?([A-Za-z][\\w.]*)");

  private Pointers() {}

  static List<Pointer> named(String message, Optional<TypeSchema> type) {
    Set<Pointer> found = new LinkedHashSet<>();
    Matcher keys = KEYS.matcher(message);
    while (keys.find()) {
      Pointer parent = Pointer.of(Optional.ofNullable(keys.group(1)).orElse(""));
      found.add(parent.child(keys.group(2)));
    }
    Matcher places = PLACE.matcher(message);
    while (places.find()) {
      Pointer place = property(Pointer.of(stripped(places.group(1))));
      if (found.stream().noneMatch(other -> starts(other, place))) {
        found.add(place);
      }
    }
    Matcher listed = LISTED.matcher(message);
    while (listed.find()) {
      for (String one : listed.group(1).split(",")) {
        String text = one.strip();
        if (text.startsWith("/") || text.startsWith("#/")) {
          found.add(property(Pointer.of(text.substring(text.indexOf('/')))));
        } else {
          known(text, type).ifPresent(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      Matcher words = WORDS.matcher(message);
      while (words.find()) {
        known(words.group(1), type).ifPresent(found::add);
      }
    }
    return new ArrayList<>(found);
  }

  private static boolean starts(Pointer longer, Pointer shorter) {
    int size = shorter.segments().size();
    return longer.segments().size() >= size
        && longer.segments().subList(0, size).equals(shorter.segments());
  }

  private static String stripped(String place) {
    String text = place;
    while (text.length() > 1 && (text.endsWith("/") || text.endsWith("."))) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  /** Schemas and patches speak of {@code /properties/X} where the resource has {@code /X}. */
  private static Pointer property(Pointer place) {
    List<String> segments = place.segments();
    return segments.size() > 1 && segments.getFirst().equals("properties")
        ? new Pointer(segments.subList(1, segments.size()))
        : place;
  }

  /** A name in a message counts only if the type has such a property, however it is spelled. */
  private static Optional<Pointer> known(String name, Optional<TypeSchema> type) {
    String wanted = name.replaceAll(".*\\.", "").toLowerCase(Locale.ROOT);
    return type.flatMap(
        schema ->
            schema.schema().fieldsAt("properties").fields().keySet().stream()
                .filter(property -> property.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .map(Pointer.ROOT::child));
  }
}
