package dev.parley.bot.route;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.value.Check;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A shared surface in the hands of one tenant's bot. */
record Line(Surface surface, Consumer<Consumer<Inbound>> listen, Exchange exchange)
    implements Surface {
  @Override
  public String id() {
    return surface.id();
  }

  @Override
  public Capabilities capabilities() {
    return surface.capabilities();
  }

  @Override
  public void start(Consumer<Inbound> inbox) {
    listen.accept(inbox);
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    return surface.post(place, card, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    return surface.find(place, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, Part.Attachment file, String words, String key) {
    return surface.find(place, file, words, key);
  }

  @Override
  public Place thread(MessageRef root, String title) {
    return surface.thread(root, title);
  }

  @Override
  public MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    return surface.attach(place, file, words, key);
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    surface.edit(message, card, revision);
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    surface.whisper(answered, card);
  }

  @Override
  public void open(Inbound answered, Form form) {
    surface.open(answered, form);
  }

  @Override
  public void react(MessageRef message, String emoji) {
    surface.react(message, emoji);
  }

  @Override
  public void recall(List<Past> threads) {
    surface.recall(threads);
  }

  @Override
  public Optional<String> lost() {
    return surface.lost();
  }

  @Override
  public Check check() {
    return surface.check();
  }

  @Override
  public void close() {
    exchange.close();
  }
}
