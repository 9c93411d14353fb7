package dev.parley.provider.aws.look;

import dev.parley.provider.Health;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How resources of a type are looked at and called, as a file says. What is not in it can't be done
 * for the type, and is told so.
 *
 * @param calls a call's word → the operation it means: start, stop, reboot
 * @param usual what one that is to be made gets where a request says nothing
 */
record Recipe(
    ResourceType type,
    Map<String, Ask> calls,
    Optional<Existence> exists,
    List<Look> health,
    List<Place> logs,
    Optional<Listing> list,
    List<Usual> usual) {
  Recipe {
    calls = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(calls));
    health = List.copyOf(health);
    logs = List.copyOf(logs);
    usual = List.copyOf(usual);
  }

  /** An operation by its name, with a document that has placeholders. */
  record Ask(String operation, Template input) {}

  /**
   * Whether it is there: the operation finds it, and it is not marked as gone.
   *
   * @param codes errors that mean it is not there, besides those that plainly say so
   * @param at what must be there and not be an empty list
   * @param gone values at {@code mark} that mean it is as good as gone
   * @param shows a property of the type → where the answer holds it under another name
   */
  record Existence(
      Ask ask,
      List<String> codes,
      Optional<Pointer> at,
      Optional<Pointer> mark,
      List<String> gone,
      Map<Pointer, Pointer> shows) {
    Existence {
      codes = List.copyOf(codes);
      gone = List.copyOf(gone);
      shows = Map.copyOf(shows);
    }
  }

  /**
   * One look at its health.
   *
   * @param ask what is asked; nothing looks at the resource's properties
   * @param each the list whose every item is looked at; {@code *} stands for every item on the way
   * @param none what it means if there is no item
   * @param then further looks at every item
   */
  record Look(
      Optional<Ask> ask,
      Optional<Pointer> each,
      Health.State none,
      List<Sign> signs,
      List<Look> then) {
    Look {
      signs = List.copyOf(signs);
      then = List.copyOf(then);
    }
  }

  /**
   * What a value says about health.
   *
   * @param words what it is, for people: "system status"
   * @param means value → state
   * @param atLeast where stands the number it has to reach
   * @param otherwise of any other value
   * @param reason where the service says why
   */
  record Sign(
      Pointer at,
      String words,
      Map<String, Health.State> means,
      Optional<Pointer> atLeast,
      Health.State otherwise,
      Optional<Pointer> reason) {
    Sign {
      means = Map.copyOf(means);
    }
  }

  /**
   * Where it writes.
   *
   * @param ask what has to be asked to know; nothing means the properties say it
   * @param each as in a look
   */
  record Place(Optional<Ask> ask, Optional<Pointer> each, Source source) {}

  /** What stands at a place. */
  sealed interface Source {
    /**
     * A log group.
     *
     * @param prefix of its streams, if not all are meant
     */
    record Group(Template name, Optional<Template> prefix) implements Source {}

    /**
     * A text in the answer itself.
     *
     * @param when where the moment stands at which it was written
     */
    record Written(Pointer at, boolean base64, Optional<Pointer> when) implements Source {}
  }

  /**
   * How to list all of the type where nothing else can.
   *
   * @param items the list in the answer; {@code *} stands for every item on the way
   * @param id placeholders of {@code item}
   * @param name likewise
   * @param token the member that takes the next page's token
   * @param next where the answer shows it
   */
  record Listing(
      Ask ask,
      Pointer items,
      Template id,
      Optional<Template> name,
      Optional<String> token,
      Optional<Pointer> next) {}

  /**
   * What a property becomes where a request leaves it out, as the account itself says: the subnets
   * of its default network. Looked up when it is planned, so that people see and approve it.
   *
   * @param at the property
   * @param each the list whose items are taken, sorted; without it the one value at {@code take}
   * @param take where it stands: in each item, or in the answer
   * @param only properties that must be exactly so
   * @param without properties that must not be there either
   */
  record Usual(
      Pointer at,
      Ask ask,
      Optional<Pointer> each,
      Pointer take,
      Map<Pointer, Value> only,
      List<Pointer> without) {
    Usual {
      only = Map.copyOf(only);
      without = List.copyOf(without);
    }
  }
}
