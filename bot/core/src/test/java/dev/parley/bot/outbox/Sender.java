package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows which message an owner has, as the bot's rows do; lives on through a crash. */
final class Sender implements Recipient {
  final Map<String, MessageRef> messages = new HashMap<>();
  final List<String> failed = new ArrayList<>();

  static Card card(String title) {
    return new Card(
        Card.Stage.NOTICE, Card.Tone.NEUTRAL, title, List.of(), List.of(), title, Fields.EMPTY);
  }

  static Place channel(String name) {
    return new Place("platform", "T", name, Optional.empty());
  }

  @Override
  public Place destination(Place said) {
    return said;
  }

  @Override
  public Optional<MessageRef> message(String owner) {
    return Optional.ofNullable(messages.get(owner));
  }

  @Override
  public void delivered(Letter letter, MessageRef message) {
    messages.put(letter.owner(), message);
  }

  @Override
  public void failed(Letter letter, String why) {
    failed.add(letter.key() + ": " + why);
  }
}
