package dev.parley.benchmarks;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.value.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Discord: one server, its channels with the load and those for warming up. */
final class DiscordStandIn implements StandIn {
  private static final long EPOCH = 1_420_070_400_000L;
  private static final int NONCE = 25;

  private final FakeDiscord discord = new FakeDiscord();
  private final List<String> channels = new ArrayList<>();
  private final List<String> warm = new ArrayList<>();
  private final List<String> people = new ArrayList<>();
  private final String warmer;

  DiscordStandIn(Load load) {
    for (int i = 0; i < load.channels(); i++) {
      channels.add(discord.channel("load-" + i));
    }
    for (int i = 0; i < PlatformDriver.WARM_UPS; i++) {
      warm.add(discord.channel("warm-" + i));
    }
    for (int i = 0; i < load.people(); i++) {
      people.add(discord.person("person" + i));
    }
    warmer = discord.person("warmer");
    discord.pace();
  }

  @Override
  public String surface() {
    var out = new StringBuilder("  discord:\n    token: \"${env:BOT}\"\n");
    out.append("    api: \"" + discord.api() + "\"\n    gateway: \"" + discord.gateway() + "\"\n");
    out.append("    workspaces:\n      \"" + FakeDiscord.GUILD + "\":\n        channels:\n");
    channels.forEach(id -> out.append("          \"" + id + "\": {accounts: [aws-dev]}\n"));
    warm.forEach(id -> out.append("          \"" + id + "\": {accounts: [aws-dev]}\n"));
    return out.toString();
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of("BOT", FakeDiscord.TOKEN);
  }

  @Override
  public String person(int number) {
    return "discord:" + FakeDiscord.GUILD + ":" + (number < 0 ? warmer : people.get(number));
  }

  @Override
  public boolean connected() {
    return discord.connects() > 0 && !discord.commands().isEmpty();
  }

  @Override
  public Asked ask(int person, int channel, String text) {
    return said(people.get(person), channel, channels.get(channel), text);
  }

  @Override
  public Asked warm(int number, String text) {
    return said(warmer, -1, warm.get(number), text);
  }

  private Asked said(String person, int number, String channel, String text) {
    String id = discord.say(person, channel, "<@" + FakeDiscord.SELF + "> " + text);
    return new Asked(number, id, instant(id), Duration.ZERO);
  }

  private static Instant instant(String snowflake) {
    return Instant.ofEpochMilli((Long.parseLong(snowflake) >> 22) + EPOCH);
  }

  @Override
  public Map<String, Sight> sights() {
    List<Posted> all = discord.all();
    Map<String, String> nonces = new HashMap<>();
    for (Posted one : all) {
      if (!one.author.equals(FakeDiscord.SELF)) {
        nonces.put(nonce(one), one.id);
      }
    }
    Map<String, String> roots = new HashMap<>();
    Map<String, Sight> sights = new LinkedHashMap<>();
    for (Posted one : all) {
      String asked = nonces.get(one.nonce);
      if (one.author.equals(FakeDiscord.SELF) && asked != null) {
        roots.put(one.id, asked);
        sights.merge(
            asked,
            Sight.NOTHING.root(instant(one.id), names(one)),
            (known, _) -> known.root(instant(one.id), names(one)));
      }
    }
    for (Posted one : all) {
      String asked = roots.get(one.channel);
      if (one.author.equals(FakeDiscord.SELF) && asked != null && names(one)) {
        sights.computeIfPresent(asked, (_, known) -> known.plan(instant(one.id)));
      }
    }
    return sights;
  }

  private static boolean names(Posted one) {
    return one.text().matches("(?s).*\\bp-\\d+ v\\d+.*");
  }

  /** What the root card that answers a message is posted with. */
  private static String nonce(Posted asked) {
    String key = "root:discord/" + FakeDiscord.GUILD + "/" + asked.channel + "/" + asked.id;
    return Digest.ofText(key).hex().substring(0, NONCE);
  }

  @Override
  public List<Asked> noticed(Collection<Asked> asked) {
    var bearing = new HashSet<String>();
    discord.all().stream()
        .filter(one -> !one.reactions.isEmpty())
        .forEach(one -> bearing.add(one.id));
    return asked.stream().filter(one -> bearing.contains(one.message())).toList();
  }

  @Override
  public Bound bound() {
    return new Bound(
        () -> Meter.windows(Duration.ofSeconds(5), 5),
        Meter.windows(Duration.ofSeconds(1), 50),
        1,
        3);
  }

  @Override
  public List<String> faults() {
    return discord.wrongs();
  }

  @Override
  public Map<String, Integer> refusals() {
    return Map.of("all", discord.tally().tooMany());
  }

  @Override
  public int doubled() {
    var seen = new HashSet<String>();
    return (int)
        discord.all().stream()
            .map(one -> one.nonce)
            .filter(nonce -> !nonce.isEmpty() && !seen.add(nonce))
            .count();
  }

  @Override
  public void close() {
    discord.close();
  }
}
