package dev.parley.bot.talk;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Conversation.Turn;
import dev.parley.run.Entry;
import dev.parley.run.Store;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The memory of all threads: one document and one stream each, in the store. */
final class Talks {
  private static final String COLLECTION = "bot-thread";
  private static final String STREAM = "bot/";
  private static final int VERSION = 1;
  private static final int TURNS = 40;
  private static final int RECALLED = 100;
  private static final int PAGE = 500;

  private final Store store;
  private final String tenant;
  private final Clock clock;
  private final Map<String, Memory> memories = new ConcurrentHashMap<>();
  private final Map<String, String> homes = new ConcurrentHashMap<>();

  private static final class Memory {
    private volatile Talk talk;
    private long version;
    private List<Turn> turns = new ArrayList<>();
    private boolean read;

    Memory(Talk talk, long version, boolean read) {
      this.talk = talk;
      this.version = version;
      this.read = read;
    }
  }

  /** An entry: somebody said something. */
  private record Heard(String message, Speaker speaker, String user, String text, Instant at) {}

  /** An entry: the bot showed something, or changed it. */
  private record Kept(String message, Card card, Instant at) {}

  Talks(Store store, String tenant, Clock clock) {
    this.store = store;
    this.tenant = tenant;
    this.clock = clock;
    store
        .list(tenant, COLLECTION)
        .forEach(
            (key, document) -> {
              Talk talk = Codec.decode(document.body(), Talk.class);
              memories.put(key, new Memory(talk, document.version(), false));
              talk.home().ifPresent(home -> homes.put(home.key(), key));
            });
  }

  /** The place by which a thread is known, whatever it hangs on. */
  Place known(Place place) {
    return Optional.ofNullable(homes.get(place.key()))
        .flatMap(this::get)
        .map(Talk::place)
        .orElse(place);
  }

  /** The rows of a channel's root cards whose threads have no home yet. */
  List<String> homeless(Place channel) {
    return memories.keySet().stream()
        .flatMap(thread -> get(thread).stream())
        .filter(talk -> talk.home().isEmpty() && talk.place().root().equals(channel))
        .flatMap(talk -> talk.root().stream())
        .toList();
  }

  /** The thread's memory, begun now if there is none. */
  Talk open(Place place, String title) {
    Memory memory =
        memories.computeIfAbsent(
            place.key(), _ -> new Memory(Talk.begin(place, title, clock.instant()), 0, true));
    synchronized (memory) {
      if (memory.version == 0) {
        write(memory, memory.talk);
      }
      return memory.talk;
    }
  }

  Optional<Talk> get(String thread) {
    return Optional.ofNullable(memories.get(thread)).map(memory -> memory.talk);
  }

  /** All threads, oldest first. */
  List<Talk> all() {
    return memories.keySet().stream()
        .flatMap(thread -> get(thread).stream())
        .sorted(Comparator.comparing(Talk::opened).thenComparing(Talk::thread))
        .toList();
  }

  /** Changes a thread's memory; nothing happens if there is none, or if nothing differs. */
  void change(String thread, UnaryOperator<Talk> how) {
    Memory memory = memories.get(thread);
    if (memory == null) {
      return;
    }
    synchronized (memory) {
      Talk now = how.apply(memory.talk);
      if (!now.equals(memory.talk)) {
        write(memory, now);
      }
    }
  }

  /** What was said lately, oldest first. */
  List<Turn> turns(String thread) {
    Memory memory = memories.get(thread);
    if (memory == null) {
      return List.of();
    }
    synchronized (memory) {
      read(memory);
      return List.copyOf(memory.turns);
    }
  }

  /** Remembers what a person said. */
  void heard(String thread, String message, Speaker speaker, String user, String text) {
    Instant now = clock.instant();
    append(thread, "heard", Codec.encode(new Heard(message, speaker, user, text, now)));
    turn(thread, new Turn(user, text, now));
  }

  /**
   * Remembers what the bot showed. Pictures, files and the JSON are left out: they can be made
   * again.
   */
  void shown(String thread, MessageRef message, Card card) {
    Instant now = clock.instant();
    append(thread, "shown", Codec.encode(new Kept(message.id(), slim(card), now)));
    turn(thread, new Turn("parley", card.fallback(), now));
  }

  /** Remembers that a card changed. */
  void edited(String thread, MessageRef message, Card card) {
    append(thread, "edited", Codec.encode(new Kept(message.id(), slim(card), clock.instant())));
  }

  /** A thread as it stood. */
  Past past(Talk talk) {
    var lines = new LinkedHashMap<String, Past.Line>();
    for (Entry entry : entries(talk.thread())) {
      if (entry.kind().equals("heard")) {
        Heard heard = Codec.decode(entry.body(), Heard.class);
        lines.put(
            heard.message(),
            new Past.Heard(heard.message(), heard.speaker(), heard.text(), heard.at()));
      } else {
        Kept kept = Codec.decode(entry.body(), Kept.class);
        Past.Line former = lines.get(kept.message());
        Instant at = former == null ? kept.at() : former.at();
        lines.put(kept.message(), new Past.Shown(kept.message(), kept.card(), at));
      }
    }
    List<Past.Line> all = List.copyOf(lines.values());
    return new Past(
        talk.place(), talk.title(), all.subList(Math.max(0, all.size() - RECALLED), all.size()));
  }

  private void read(Memory memory) {
    if (memory.read) {
      return;
    }
    var turns = new ArrayList<Turn>();
    for (Entry entry : entries(memory.talk.thread())) {
      if (entry.kind().equals("heard")) {
        Heard heard = Codec.decode(entry.body(), Heard.class);
        turns.add(new Turn(heard.user(), heard.text(), heard.at()));
      } else if (entry.kind().equals("shown")) {
        Kept kept = Codec.decode(entry.body(), Kept.class);
        turns.add(new Turn("parley", kept.card().fallback(), kept.at()));
      }
    }
    memory.turns = new ArrayList<>(turns.subList(Math.max(0, turns.size() - TURNS), turns.size()));
    memory.read = true;
  }

  private List<Entry> entries(String thread) {
    var all = new ArrayList<Entry>();
    long after = 0;
    while (true) {
      List<Entry> page = store.read(tenant, STREAM + thread, after, PAGE);
      all.addAll(page);
      if (page.size() < PAGE) {
        return all;
      }
      after = page.getLast().sequence();
    }
  }

  private void turn(String thread, Turn turn) {
    Memory memory = memories.get(thread);
    if (memory == null) {
      return;
    }
    synchronized (memory) {
      read(memory);
      if (memory.turns.isEmpty() || !memory.turns.getLast().equals(turn)) {
        memory.turns.add(turn);
      }
      if (memory.turns.size() > TURNS) {
        memory.turns.removeFirst();
      }
    }
  }

  private void append(String thread, String kind, Fields body) {
    store.append(tenant, STREAM + thread, kind, VERSION, body);
  }

  private void write(Memory memory, Talk talk) {
    memory.version =
        store.put(tenant, COLLECTION, talk.thread(), memory.version, Codec.encode(talk)).version();
    memory.talk = talk;
    talk.home().ifPresent(home -> homes.put(home.key(), talk.thread()));
  }

  private static Card slim(Card card) {
    List<Part> parts =
        card.parts().stream()
            .filter(part -> !(part instanceof Part.Image) && !(part instanceof Part.Attached))
            .toList();
    return new Card(
        card.stage(), card.tone(), card.title(), parts, List.of(), card.fallback(), Fields.EMPTY);
  }
}
