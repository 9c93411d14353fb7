package dev.parley.benchmarks;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeTeam;
import dev.parley.bot.slack.fake.FakeUser;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack: one workspace with the load, one for warming up; Socket Mode. */
final class SlackStandIn implements StandIn {
  private static final String WARM = "T0WARM";
  private static final Pattern KEY =
      Pattern.compile("(root|plan:[^:]+:\\d+):slack/[^/]+/[^/]+/(.+)");

  private final FakeSlack slack = new FakeSlack();
  private final Load load;

  SlackStandIn(Load load) {
    this.load = load;
    slack.install(new FakeTeam(WARM, FakeSlack.APP_TOKEN));
    for (int i = 0; i < load.channels(); i++) {
      slack.channel(channel(i), FakeSlack.TEAM);
    }
    for (int i = 0; i < PlatformDriver.WARM_UPS; i++) {
      slack.channel(warmChannel(i), WARM);
    }
    for (int i = 0; i < load.people(); i++) {
      slack.add(FakeUser.member("U" + i, FakeSlack.TEAM));
    }
    slack.add(FakeUser.member("UWARM", WARM));
    slack.strictPace(Clock.systemUTC());
  }

  private static String channel(int number) {
    return "C0LOAD" + number;
  }

  private static String warmChannel(int number) {
    return "C0WARM" + number;
  }

  @Override
  public String surface() {
    var out = new StringBuilder("  slack:\n    api: \"" + slack.api() + "\"\n    workspaces:\n");
    workspace(out, FakeSlack.TEAM, "BOT", load.channels(), SlackStandIn::channel);
    workspace(out, WARM, "WARM", PlatformDriver.WARM_UPS, SlackStandIn::warmChannel);
    return out.toString();
  }

  private static void workspace(
      StringBuilder out,
      String team,
      String token,
      int channels,
      java.util.function.IntFunction<String> name) {
    out.append("      " + team + ":\n");
    out.append("        botToken: \"${env:" + token + "}\"\n        appToken: \"${env:APP}\"\n");
    out.append("        channels:\n");
    for (int i = 0; i < channels; i++) {
      out.append("          " + name.apply(i) + ": {accounts: [aws-dev]}\n");
    }
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of(
        "BOT",
        slack.team(FakeSlack.TEAM).botToken(),
        "WARM",
        slack.team(WARM).botToken(),
        "APP",
        FakeSlack.APP_TOKEN);
  }

  @Override
  public String person(int number) {
    return number < 0 ? "slack:" + WARM + ":UWARM" : "slack:" + FakeSlack.TEAM + ":U" + number;
  }

  @Override
  public boolean connected() {
    return slack.connections() > 0;
  }

  @Override
  public Asked ask(int person, int channel, String text) {
    return said(FakeSlack.TEAM, "U" + person, channel, channel(channel), text);
  }

  @Override
  public Asked warm(int number, String text) {
    return said(WARM, "UWARM", -1, warmChannel(number), text);
  }

  private Asked said(String team, String user, int number, String channel, String text) {
    long begun = System.nanoTime();
    String ts = slack.mention(team, user, channel, Optional.empty(), FakeSlack.typed(text));
    return new Asked(number, ts, instant(ts), Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Instant instant(String ts) {
    long micros = new BigDecimal(ts).movePointRight(6).longValueExact();
    return Instant.EPOCH.plusNanos(micros * 1000);
  }

  @Override
  public Map<String, Sight> sights() {
    var all = new HashMap<String, Sight>();
    for (FakeMessage message : messages()) {
      Matcher key = KEY.matcher(key(message));
      if (!key.matches()) {
        continue;
      }
      Instant at = instant(message.ts());
      boolean root = key.group(1).equals("root");
      boolean names = message.text().matches("(?s).*p-\\d+ v\\d+.*");
      all.compute(
          key.group(2),
          (_, known) -> {
            Sight sight = known == null ? Sight.NOTHING : known;
            return root ? sight.root(at, names) : sight.plan(at);
          });
    }
    return all;
  }

  private List<FakeMessage> messages() {
    var all = new ArrayList<FakeMessage>();
    for (int i = 0; i < load.channels(); i++) {
      all.addAll(slack.standing(channel(i)));
    }
    for (int i = 0; i < PlatformDriver.WARM_UPS; i++) {
      all.addAll(slack.standing(warmChannel(i)));
    }
    return all;
  }

  private static String key(FakeMessage message) {
    return message.metadata().fieldsAt("event_payload").text("key").orElse("");
  }

  @Override
  public List<Asked> noticed(Collection<Asked> asked) {
    return asked.stream()
        .filter(one -> !slack.reactions(channel(one.channel()), one.message()).isEmpty())
        .toList();
  }

  @Override
  public Bound bound() {
    return new Bound(() -> Meter.steady(Duration.ofSeconds(1), 4), Meter.none(), 2, 2);
  }

  @Override
  public List<String> faults() {
    return slack.faults().stream()
        .filter(fault -> !fault.contains("was acknowledged after"))
        .toList();
  }

  @Override
  public Map<String, Integer> refusals() {
    return slack.counters().refusals();
  }

  @Override
  public int doubled() {
    return slack.counters().doubles().values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    slack.close();
  }
}
