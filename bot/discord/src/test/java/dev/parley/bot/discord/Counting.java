package dev.parley.bot.discord;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.value.Check;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The same surface, which counts what reached the bot: Discord acknowledges no message, so that
 * nobody outside can tell when one has arrived. It also takes messages as fast as they come.
 */
final class Counting implements Surface {
  private final Surface inner;
  private final AtomicInteger arrived = new AtomicInteger();

  Counting(Surface inner) {
    this.inner = inner;
  }

  int arrived() {
    return arrived.get();
  }

  @Override
  public void start(Consumer<Inbound> inbox) {
    inner.start(
        inbound -> {
          try {
            inbox.accept(inbound);
          } finally {
            arrived.incrementAndGet();
          }
        });
  }

  @Override
  public Capabilities capabilities() {
    return inner.capabilities().at(Pace.ANY);
  }

  @Override
  public String id() {
    return inner.id();
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    return inner.post(place, card, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    return inner.find(place, key);
  }

  @Override
  public Place thread(MessageRef root, String title) {
    return inner.thread(root, title);
  }

  @Override
  public MessageRef attach(Place place, Part.Attachment file, String words, String key) {
    return inner.attach(place, file, words, key);
  }

  @Override
  public void edit(MessageRef message, Card card, long revision) {
    inner.edit(message, card, revision);
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    inner.whisper(answered, card);
  }

  @Override
  public void open(Inbound answered, Form form) {
    inner.open(answered, form);
  }

  @Override
  public void react(MessageRef message, String emoji) {
    inner.react(message, emoji);
  }

  @Override
  public void recall(List<Past> threads) {
    inner.recall(threads);
  }

  @Override
  public Check check() {
    return inner.check();
  }

  @Override
  public void close() {
    inner.close();
  }
}
