package dev.parley.bot.transcript;

import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was shown, in order, and which of the script's threads it was in. */
final class Notes {
  private static final int TITLE = 60;

  private final List<Output> outputs = new ArrayList<>();
  private final Map<MessageRef, Long> revisions = new HashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> begun = new LinkedHashMap<>();

  /** Threads that the bot opened before the script had noted what began them. */
  private final Map<Place, String> early = new LinkedHashMap<>();

  // ---- what is shown

  synchronized void add(Output output) {
    outputs.add(output);
  }

  /** A message; the same one once. */
  synchronized void posted(MessageRef message, Card card) {
    if (revisions.putIfAbsent(message, 0L) == null) {
      outputs.add(new Output.Posted(message, card));
    }
  }

  /** A message in a newer state. */
  synchronized void edited(MessageRef message, Card card, long revision) {
    if (revision > revisions.getOrDefault(message, 0L)) {
      revisions.put(message, revision);
      outputs.add(new Output.Edited(message, card, revision));
    }
  }

  synchronized List<Output> outputs() {
    return List.copyOf(outputs);
  }

  // ---- where

  /** Somebody began a thread of the script. */
  synchronized void began(String thread, Place place, String text) {
    if (places.putIfAbsent(thread, place) == null) {
      names.put(place.key(), thread);
      begun.put(thread, begin(text));
      early.entrySet().stream()
          .filter(one -> one.getValue().equals(begin(text)))
          .map(Map.Entry::getKey)
          .findFirst()
          .ifPresent(
              opened -> {
                early.remove(opened);
                opened(text, opened);
              });
    }
  }

  /** The bot opened a thread for a request of this title: that thread is there from now on. */
  synchronized void opened(String title, Place place) {
    Optional<String> meant =
        begun.entrySet().stream()
            .filter(one -> one.getValue().equals(begin(title)))
            .map(Map.Entry::getKey)
            .findFirst();
    if (meant.isEmpty() && !names.containsKey(place.key())) {
      early.put(place, begin(title));
    }
    meant.ifPresent(
        thread -> {
          begun.remove(thread);
          places.put(thread, place);
          names.put(place.key(), thread);
        });
  }

  private static String begin(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= TITLE ? line : line.substring(0, TITLE);
  }

  /** Where a thread of the script is, if it has begun. */
  synchronized Optional<Place> place(String thread) {
    return Optional.ofNullable(places.get(thread));
  }

  /** The script's name of the thread at a place. */
  synchronized Optional<String> name(Place place) {
    return Optional.ofNullable(names.get(place.key()));
  }
}
