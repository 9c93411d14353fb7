package dev.parley.bot.testkit;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The same surface at any pace, with an eye on it: how many deliveries have reached the bot, since
 * not every platform tells, and which root message hangs on which conversation.
 */
public final class WatchedSurface implements Surface {
  private static final String ROOT = "root:";
  private final Surface inner;
  private final AtomicInteger arrived = new AtomicInteger();
  private final Map<String, String> roots = new ConcurrentHashMap<>();

  public WatchedSurface(Surface inner) {
    this.inner = inner;
  }

  /** How many deliveries have reached the bot. */
  public int arrived() {
    return arrived.get();
  }

  /** The root message of the conversation that a message began. */
  public Optional<String> root(String message) {
    return Optional.ofNullable(roots.get(message));
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
  public Optional<String> lost() {
    return inner.lost();
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
    MessageRef posted = inner.post(place, card, key);
    if (key.startsWith(ROOT)) {
      roots.put(key.substring(key.lastIndexOf('/') + 1), posted.id());
    }
    return posted;
  }

  @Override
  public Optional<MessageRef> find(Place place, String key) {
    return inner.find(place, key);
  }

  @Override
  public Optional<MessageRef> find(Place place, Part.Attachment file, String words, String key) {
    return inner.find(place, file, words, key);
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
