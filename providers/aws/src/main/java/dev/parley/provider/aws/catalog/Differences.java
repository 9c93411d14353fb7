package dev.parley.provider.aws.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.catalog.TypeSchema.Tags;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is different between two versions of a type, one line each, for people. */
final class Differences {
  private static final int MOST_LINES = 40;
  private static final int DEEPEST = 5;

  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  static List<String> between(AwsType before, AwsType after) {
    var differences = new Differences();
    differences.compare(before, after);
    return differences.lines();
  }

  private void compare(AwsType before, AwsType after) {
    TypeSchema was = before.schema();
    TypeSchema is = after.schema();
    properties(was.schema(), is.schema());
    sets("required", required(was.schema()), required(is.schema()));
    sets("set by the provider", texts(was.readOnly()), texts(is.readOnly()));
    sets("never shown again", texts(was.writeOnly()), texts(is.writeOnly()));
    sets("fixed once created", texts(was.createOnly()), texts(is.createOnly()));
    sets("perhaps changed by a replacement", texts(was.mayReplace()), texts(is.mayReplace()));
    sets("handled by Cloud Control", before.handlers(), after.handlers());
    if (!before.identifier().equals(after.identifier())) {
      lines.add("identified by " + texts(after.identifier()));
    }
    if (!was.tags().equals(is.tags())) {
      lines.add(is.tags().map(tags -> "tags at " + tags(tags)).orElse("takes no tags any more"));
    }
  }

  private static String tags(Tags tags) {
    return tags.at() + (tags.shape() == Tags.Shape.MAP ? ", as an object" : ", as a list");
  }

  private void properties(Fields was, Fields is) {
    Map<String, String> before = kinds(was);
    Map<String, String> after = kinds(is);
    after.forEach(
        (place, kind) -> {
          String former = before.get(place);
          if (former == null) {
            if (outermost(place, before.keySet())) {
              lines.add("added " + place);
            }
          } else if (!former.equals(kind) && !former.isEmpty() && !kind.isEmpty()) {
            lines.add(place + " is " + kind + " now, was " + former);
          }
        });
    before
        .keySet()
        .forEach(
            place -> {
              if (!after.containsKey(place) && outermost(place, after.keySet())) {
                lines.add("removed " + place);
              }
            });
  }

  /** Of a whole branch that came or went only its root is told. */
  private static boolean outermost(String place, Set<String> others) {
    int slash = place.lastIndexOf('/');
    return slash <= 0 || others.contains(place.substring(0, slash));
  }

  private static Map<String, String> kinds(Fields schema) {
    var kinds = new TreeMap<String, String>();
    SchemaWalk.through(
        schema,
        (at, part) -> {
          if (!at.segments().isEmpty() && at.segments().size() <= DEEPEST) {
            kinds.merge(
                at.toString(),
                String.join(" or ", SchemaWalk.kinds(part)),
                (one, other) ->
                    one.isEmpty() || one.equals(other)
                        ? other
                        : other.isEmpty() ? one : one + " or " + other);
          }
        });
    return kinds;
  }

  private void sets(String what, Set<String> was, Set<String> is) {
    var gained = new TreeSet<>(is);
    gained.removeAll(was);
    var lost = new TreeSet<>(was);
    lost.removeAll(is);
    gained.forEach(one -> lines.add(one + " is now " + what));
    lost.forEach(one -> lines.add(one + " is no longer " + what));
  }

  private static Set<String> required(Fields schema) {
    var names = new TreeSet<String>();
    for (Value name : schema.itemsAt("required")) {
      if (name instanceof Text(var text)) {
        names.add("/" + text);
      }
    }
    return names;
  }

  private static Set<String> texts(Collection<Pointer> places) {
    var texts = new TreeSet<String>();
    places.forEach(place -> texts.add(place.toString()));
    return texts;
  }

  private List<String> lines() {
    if (lines.isEmpty()) {
      return List.of("its descriptions or limits");
    }
    if (lines.size() <= MOST_LINES) {
      return List.copyOf(lines);
    }
    var some = new ArrayList<>(lines.subList(0, MOST_LINES));
    some.add("and " + (lines.size() - MOST_LINES) + " more");
    return some;
  }
}
