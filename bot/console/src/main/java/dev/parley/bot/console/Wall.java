package dev.parley.bot.console;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What hangs in each thread now: cards and their buttons, and what only one person sees. */
final class Wall {
  private final Map<Integer, String> titles = new TreeMap<>();
  private final Map<MessageRef, Pinned> pinned = new LinkedHashMap<>();
  private final Map<String, MessageRef> byKey = new HashMap<>();
  private long counter;

  /**
   * A card that hangs there.
   *
   * @param only who alone sees it
   */
  record Pinned(MessageRef message, Card card, Optional<String> only, long revision) {}

  /** A button that can be pressed, and on which message; a whisper has none. */
  record Pressable(Place place, String message, Button button) {}

  synchronized void open(int thread, String title) {
    titles.putIfAbsent(thread, title);
  }

  synchronized int next() {
    return titles.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
  }

  synchronized Map<Integer, String> titles() {
    return new TreeMap<>(titles);
  }

  /** Hangs a card up; the same key hangs one. */
  synchronized boolean pin(String key, MessageRef message, Card card, Optional<String> only) {
    if (byKey.putIfAbsent(key, message) != null) {
      return false;
    }
    pinned.put(message, new Pinned(message, card, only, 0));
    return true;
  }

  synchronized Optional<MessageRef> at(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Replaces a card; gives the former one, or nothing if the edit comes too late. */
  synchronized Optional<Pinned> replace(MessageRef message, Card card, long revision) {
    Pinned former = pinned.get(message);
    if (former == null) {
      pinned.put(message, new Pinned(message, card, Optional.empty(), revision));
      return Optional.empty();
    }
    if (revision <= former.revision()) {
      return Optional.empty();
    }
    pinned.put(message, new Pinned(message, card, former.only(), revision));
    return Optional.of(former);
  }

  synchronized String fresh(String prefix) {
    return prefix + ++counter;
  }

  /** All of a thread that a person sees, oldest first. */
  synchronized List<Pinned> seen(Place place, String person) {
    return pinned.values().stream()
        .filter(one -> one.message().place().equals(place))
        .filter(one -> one.only().map(person::equals).orElse(true))
        .toList();
  }

  /** The buttons of the newest card in the thread that has any. */
  List<Pressable> newest(Place place, String person) {
    List<Pinned> all = seen(place, person);
    for (Pinned one : all.reversed()) {
      if (!one.card().buttons().isEmpty()) {
        return pressables(one);
      }
    }
    return List.of();
  }

  /** The newest button with a label. */
  Optional<Pressable> labelled(Place place, String person, String label) {
    var found = new ArrayList<Pressable>();
    for (Pinned one : seen(place, person)) {
      pressables(one).stream()
          .filter(p -> p.button().label().equalsIgnoreCase(label))
          .forEach(found::add);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  /** The newest plan card. */
  Optional<MessageRef> plan(Place place, String person) {
    return seen(place, person).stream()
        .filter(one -> one.card().stage() == Card.Stage.PLAN)
        .map(Pinned::message)
        .reduce((_, last) -> last);
  }

  private static List<Pressable> pressables(Pinned one) {
    String message = one.only().isPresent() ? "" : one.message().id();
    return one.card().buttons().stream()
        .map(button -> new Pressable(one.message().place(), message, button))
        .toList();
  }
}
