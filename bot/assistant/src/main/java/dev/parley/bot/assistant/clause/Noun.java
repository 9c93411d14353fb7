package dev.parley.bot.assistant.clause;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A thing spoken of, with all that was said about it. Filled while its clause is read. */
public final class Noun {
  private final Kind kind;
  final List<String> names = new ArrayList<>();
  final List<Quality> qualities = new ArrayList<>();
  final List<Pair> pairs = new ArrayList<>();
  final List<String> json = new ArrayList<>();
  final List<Concept> places = new ArrayList<>();
  Optional<Link> link = Optional.empty();
  Optional<Which> which = Optional.empty();
  Optional<String> modifier = Optional.empty();
  OptionalInt count = OptionalInt.empty();
  boolean more;
  boolean plural;

  Noun(Kind kind) {
    this.kind = kind;
  }

  /** What sort of thing. */
  public sealed interface Kind {}

  /** An everyday service. */
  public record OfService(String service, String base, Fields arguments) implements Kind {}

  /** A catalog type. */
  public record OfType(ResourceType type) implements Kind {}

  /** A name of something. */
  public record OfName(String name) implements Kind {}

  /** A pronoun. */
  public record OfGroup(Group group) implements Kind {}

  /** A blueprint. */
  public record OfBlueprint(String name) implements Kind {}

  /** One that nothing was said about. */
  public static Noun blank() {
    return new Noun(new OfGroup(Group.IT));
  }

  /** The same, by a name. */
  public Noun named(String name) {
    Noun copy = copy();
    copy.names.add(name);
    return copy;
  }

  /** The same, without its number. */
  public Noun uncounted() {
    Noun copy = copy();
    copy.count = OptionalInt.empty();
    copy.plural = true;
    return copy;
  }

  /** The same, as another kind of thing. */
  Noun as(Kind other) {
    return copyAs(other);
  }

  private Noun copy() {
    return copyAs(kind);
  }

  private Noun copyAs(Kind as) {
    Noun copy = new Noun(as);
    copy.names.addAll(names);
    copy.qualities.addAll(qualities);
    copy.pairs.addAll(pairs);
    copy.json.addAll(json);
    copy.places.addAll(places);
    copy.link = link;
    copy.which = which;
    copy.modifier = modifier;
    copy.count = count;
    copy.more = more;
    copy.plural = plural;
    return copy;
  }

  public Kind kind() {
    return kind;
  }

  /** The names given to it. */
  public List<String> names() {
    return List.copyOf(names);
  }

  public List<Quality> qualities() {
    return List.copyOf(qualities);
  }

  /** Properties given as {@code key=value}. */
  public List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  /** Properties given as JSON text. */
  public List<String> json() {
    return List.copyOf(json);
  }

  /** Where it is wanted, where that was said of it. */
  public List<Concept> places() {
    return List.copyOf(places);
  }

  /** How it stands to what was named before. */
  public Optional<Link> link() {
    return link;
  }

  public Optional<Which> which() {
    return which;
  }

  /** A word before it that nobody knows: "orders" in "an orders queue". */
  public Optional<String> modifier() {
    return modifier;
  }

  public OptionalInt count() {
    return count;
  }

  /** Whether the count comes on top of what there is. */
  public boolean more() {
    return more;
  }

  public boolean plural() {
    return plural || which.filter(Which.ALL::equals).isPresent() || count.orElse(1) > 1;
  }

  /** Whether it is spoken of as something new. */
  public boolean indefinite() {
    return which.filter(w -> w == Which.A || w == Which.ANOTHER).isPresent() || count.isPresent();
  }
}
