package dev.parley.bot.discord.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What the stand-in knows. Whoever reads or changes it holds its monitor. */
final class World {
  private static final long EPOCH = 1_420_070_400_000L;
  private static final int MANY = 100;

  final Map<String, Account> people = new LinkedHashMap<>();
  final Map<String, Room> rooms = new LinkedHashMap<>();
  final Map<String, Posted> posts = new LinkedHashMap<>();
  final Map<String, Posted> nonces = new HashMap<>();
  final Map<String, Exchange> exchanges = new LinkedHashMap<>();
  final Set<String> closedToDirect = new LinkedHashSet<>();
  final Set<String> left = new LinkedHashSet<>();
  final Set<String> sentOff = new LinkedHashSet<>();
  final List<String> commands = new ArrayList<>();
  final Limits limits = new Limits(nanos());
  final Ledger ledger = new Ledger();
  boolean member = true;
  String token = FakeDiscord.TOKEN;
  long permissions = FakeDiscord.PERMISSIONS;

  private final Set<String> wrongs = new LinkedHashSet<>();
  private final Map<String, Integer> posted = new HashMap<>();
  private Duration passed = Duration.ZERO;
  private long last;
  private int requests;
  private int tooMany;
  private int invalid;
  private int late;
  private int repeated;

  World() {
    people.put(FakeDiscord.SELF, new Account(FakeDiscord.SELF, "parley", true, false));
    rooms.put(FakeDiscord.CHANNEL, Room.channel(FakeDiscord.CHANNEL, Room.TEXT, "infra"));
  }

  /** Steady time, as people on Discord have it. */
  LongSupplier nanos() {
    return () -> System.nanoTime() + passed.toNanos();
  }

  void passes(Duration time) {
    passed = passed.plus(time);
  }

  /** A snowflake of this moment; always another one. */
  String next() {
    long made = System.currentTimeMillis() - EPOCH << 22;
    last = Math.max(last + 1, made);
    return Long.toString(last);
  }

  Room known(String channel) {
    Room room = rooms.get(channel);
    if (room == null) {
      throw new Refusal(404, 10003, "Unknown Channel");
    }
    return room;
  }

  /** A message that stands in a channel. */
  Posted standing(String channel, String message) {
    Posted post = posts.get(message);
    if (post == null || post.gone || !post.channel.equals(channel)) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    return post;
  }

  boolean direct(String channel) {
    return rooms.get(channel).direct();
  }

  /** Keeps a message that was made. */
  void keep(Posted post) {
    posts.put(post.id, post);
    if (post.author.equals(FakeDiscord.SELF)) {
      posted.merge(post.channel, 1, Integer::sum);
      if (!post.nonce.isEmpty()) {
        nonces.put(post.nonce, post);
      }
    }
  }

  // ---- counted, and minded

  void asked() {
    requests++;
  }

  void answered(int status) {
    if (status == 429) {
      tooMany++;
    }
    if (status == 401 || status == 403 || status == 429) {
      invalid++;
      if (invalid == MANY) {
        wrongs.add(
            MANY + " calls were answered with 401, 403 or 429; Discord bans for 10,000 of them");
      }
    }
  }

  void late(Duration age) {
    late++;
    wrongs.add("an interaction was answered only after " + age.toMillis() + " ms");
  }

  void repeated() {
    repeated++;
  }

  void wrong(String what) {
    wrongs.add(what);
  }

  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  Tally tally() {
    return new Tally(requests, tooMany, invalid, late, repeated, posted);
  }
}
