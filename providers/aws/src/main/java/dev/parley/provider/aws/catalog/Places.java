package dev.parley.provider.aws.catalog;

import dev.parley.engine.catalog.SchemaPaths;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a registry's property pointers, {@code /properties/Rules/*&#47;Name}, as places in the
 * properties themselves. Vendors' schemas leave out the {@code *} of a list, spell {@code
 * /properties/} or {@code /items/} in the middle, and name properties that are not there; the first
 * two are mended, the last are left out.
 */
final class Places {
  private static final String BEGIN = "/properties/";

  private final Fields schema;

  Places(Fields schema) {
    this.schema = schema;
  }

  /** The places, without those that the schema does not know. */
  Set<Pointer> of(Collection<String> texts) {
    var places = new LinkedHashSet<Pointer>();
    texts.forEach(text -> of(text).ifPresent(places::add));
    return places;
  }

  /** Whether the schema knows a place that is spelled as ours. */
  boolean knows(Pointer place) {
    return SchemaPaths.knows(schema, place);
  }

  /** One place, if the schema knows it. */
  Optional<Pointer> of(String text) {
    if (!text.startsWith(BEGIN)) {
      return Optional.empty();
    }
    Pointer at = Pointer.ROOT;
    List<String> segments = Pointer.of(text.substring(BEGIN.length() - 1)).segments();
    for (String segment : segments) {
      boolean inList = !at.segments().isEmpty() && SchemaPaths.list(schema, at);
      if (inList && segment.equals("*")) {
        at = at.child(segment);
        continue;
      }
      Pointer inner = inList ? at.child("*") : at;
      if (SchemaPaths.knows(schema, inner.child(segment))) {
        at = inner.child(segment);
      } else if (!segment.equals("properties") && !segment.equals("items")) {
        return Optional.empty();
      }
    }
    return at.segments().isEmpty() ? Optional.empty() : Optional.of(at);
  }
}
