package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows which message an owner has, as the bot's rows do; lives on through a crash. */
final class Sender implements Recipient {
  final Map<String, MessageRef> messages = new HashMap<>();
  final List<String> failed = new ArrayList<>();

  /** Threads whose first card is still to come. */
  final Set<String> unready = new HashSet<>();

  /** How often it fails yet after it knows a message, as when its thread can't be made. */
  int slow;

  static Card card(String title) {
    return new Card(
        Card.Stage.NOTICE, Card.Tone.NEUTRAL, title, List.of(), List.of(), title, Fields.EMPTY);
  }

  static Part.Attachment file(String name) {
    return new Part.Attachment(name, "text/plain", new byte[] {1}, Optional.empty());
  }

  static Place channel(String name) {
    return new Place("platform", "T", name, Optional.empty());
  }

  @Override
  public Place destination(Place said) {
    return said;
  }

  @Override
  public boolean ready(String place) {
    return !unready.contains(place);
  }

  @Override
  public Optional<MessageRef> message(String owner) {
    return Optional.ofNullable(messages.get(owner));
  }

  @Override
  public void delivered(Letter letter, MessageRef message) {
    if (letter.kind() == Letter.Kind.POST) {
      messages.put(letter.owner(), message);
      if (slow-- > 0) {
        throw new SurfaceFailure.Slow("no thread yet", Duration.ofSeconds(3));
      }
      unready.remove(letter.place().in(letter.owner()).key());
    }
  }

  @Override
  public void failed(Letter letter, String why) {
    failed.add(letter.key() + ": " + why);
  }
}
