package dev.parley.bot.assistant.concept;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Cap;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The meaning of one word or phrase, before it is attached to anything. */
public sealed interface Concept {

  /** What is to be done. */
  record Verb(Intent intent, String word) implements Concept {}

  /** An operation: start, stop, reboot. */
  record Calling(String operation) implements Concept {}

  /** How many; {@code more} if they come on top of what there is, or below zero go off it. */
  record Quantity(int count, boolean more) implements Concept {}

  /** The, a, another, all. */
  record Determiner(Which which) implements Concept {}

  /**
   * An everyday service.
   *
   * @param base what one of them is named when nobody names it
   * @param arguments what the word itself says: {@code postgres} → engine
   * @param noun whether it stands by itself; software ("postgres") may also describe a noun
   */
  record Service(String service, String base, Fields arguments, boolean noun) implements Concept {}

  /** A catalog type, by its provider's name. */
  record TypeName(ResourceType type) implements Concept {}

  /** Something that exists or that the draft wants, by name. */
  record Known(String name) implements Concept {}

  /** A blueprint, by name. */
  record BlueprintName(String name) implements Concept {}

  /** It, them, everything, the old one. */
  record Pronoun(Group group) implements Concept {}

  /**
   * A quality of a thing.
   *
   * @param options arguments it may set; the first whose names the thing takes counts
   * @param services of which services only; empty means any
   */
  record Quality(List<Fields> options, Set<String> services) implements Concept {
    public Quality {
      options = List.copyOf(options);
      services = Set.copyOf(services);
    }
  }

  /** Bigger or smaller by a step. */
  record Step(int by) implements Concept {}

  /** A region's code. */
  record Region(String code, Set<String> families) implements Concept {
    public Region {
      families = Set.copyOf(families);
    }
  }

  /** A city: family → region. */
  record City(String word, Map<String, String> regions) implements Concept {
    public City {
      regions = Map.copyOf(regions);
    }
  }

  /** An environment. */
  record Environment(String name) implements Concept {}

  /** An account, by id. */
  record AccountId(String id) implements Concept {}

  /** A provider family. */
  record Family(String family) implements Concept {}

  /** Wherever it costs least. */
  record Cheapest() implements Concept {}

  /** A name given: {@code called shop}. */
  record Named(List<String> names) implements Concept {}

  /** Tags. */
  record Tags(Map<String, String> tags) implements Concept {
    public Tags {
      tags = Map.copyOf(tags);
    }
  }

  /** A limit on cost; {@code assumed} names what was not said. */
  record Limit(Cap cap, String assumed) implements Concept {}

  /** The limit on cost is lifted. */
  record NoLimit() implements Concept {}

  /** Whether to roll back by itself. */
  record Rollback(boolean on) implements Concept {}

  /** What the run does while the chat is down. */
  record WhileChatIsDown(WhenChatIsDown what) implements Concept {}

  /** How one thing stands to another. */
  record Relation(Link link) implements Concept {}

  /** A comma, a full stop, "and". */
  record Boundary(Edge edge) implements Concept {}

  /** {@code key=value} or {@code Key: value}. */
  record Pair(String key, String value, boolean quoted) implements Concept {}

  /** A JSON object. */
  record Json(String text) implements Concept {}

  /** A host name. */
  record Domain(String name) implements Concept {}

  /** A number of addresses: 10.0.0.0/8. */
  record Cidr(String text) implements Concept {}

  /** A point in time, or its beginning. */
  record Time(Instant at) implements Concept {}

  /** Anybody may reach it. */
  record World() implements Concept {}

  /** "the same", "instead", "also", "start over". */
  record Turn(Kind kind) implements Concept {}

  /** What only a button, an emoji or a command may do. */
  record Forbidden(String word) implements Concept {}

  /** A word that carries nothing here. */
  record Noise() implements Concept {}

  /** A word nobody knows; perhaps a name. */
  record Unknown(String text, boolean quoted) implements Concept {}

  /** What a clause wants. */
  enum Intent {
    CREATE,
    /** Creates or changes, by its object. */
    FLEX,
    ALTER,
    REMOVE
  }

  /** Which ones a noun means. */
  enum Which {
    A,
    ANOTHER,
    THE,
    ALL
  }

  /** Which ones a pronoun means. */
  enum Group {
    IT,
    THEM,
    EVERYTHING,
    OLD
  }

  /** The words between nouns. */
  enum Link {
    BEHIND,
    FRONT,
    WITH,
    WITHOUT,
    IN,
    ON,
    TO,
    FOR,
    FROM,
    OF
  }

  /** What divides clauses, weakest first. */
  enum Edge {
    COMMA,
    AND,
    SENTENCE
  }

  /** Words about the conversation itself. */
  enum Kind {
    SAME,
    INSTEAD,
    ALSO,
    AFRESH
  }
}
