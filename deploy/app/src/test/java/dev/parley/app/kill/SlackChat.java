package dev.parley.app.kill;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Slack in Socket Mode: an event that is not acknowledged comes again, a press does not. */
final class SlackChat implements Chat {
  private final FakeSlack slack = new FakeSlack();
  private final int channels;
  private final Map<String, String> asked = new ConcurrentHashMap<>();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  SlackChat(int channels) {
    this.channels = channels;
    for (int i = 0; i < channels; i++) {
      slack.channel(channel(i), FakeSlack.TEAM);
    }
    slack.add(FakeUser.member("UANN", FakeSlack.TEAM));
    slack.add(FakeUser.member("UBOB", FakeSlack.TEAM));
  }

  private static String channel(int number) {
    return "C0KILL" + number;
  }

  @Override
  public String surface() {
    var out = new StringBuilder("  slack:\n    api: \"" + slack.api() + "\"\n    workspaces:\n");
    out.append("      " + FakeSlack.TEAM + ":\n        botToken: \"${env:BOT}\"\n");
    out.append("        appToken: \"${env:APP}\"\n        channels:\n");
    for (int i = 0; i < channels; i++) {
      out.append("          " + channel(i) + ": {accounts: [aws-dev]}\n");
    }
    return out.toString();
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of("BOT", slack.team(FakeSlack.TEAM).botToken(), "APP", FakeSlack.APP_TOKEN);
  }

  @Override
  public String person(String name) {
    return "slack:" + FakeSlack.TEAM + ":U" + name.toUpperCase(java.util.Locale.ROOT);
  }

  @Override
  public boolean connected() {
    return slack.connections() > 0;
  }

  @Override
  public String ask(int channel, String text) {
    FakeSlack.Heard heard =
        slack.tell(
            FakeSlack.TEAM,
            "UANN",
            channel(channel),
            Optional.empty(),
            "<@" + slack.team(FakeSlack.TEAM).botUser() + "> " + FakeSlack.typed(text));
    asked.put(heard.ts(), channel(channel));
    if (heard.acknowledged()) {
      taken.add(heard.ts());
    }
    return heard.ts();
  }

  @Override
  public boolean taken(String message) {
    return taken.contains(message);
  }

  @Override
  public boolean press(Shown card, String label) {
    FakeMessage message = slack.message(card.channel(), card.id()).orElseThrow();
    Optional<Fields> button =
        message.buttons().stream()
            .filter(one -> one.fieldsAt("text").text("text").equals(Optional.of(label)))
            .findFirst();
    return button.isPresent() && slack.press("UBOB", message, button.get());
  }

  @Override
  public List<Shown> answers(String message) {
    String channel = asked.get(message);
    String key = "root:slack/" + FakeSlack.TEAM + "/" + channel + "/" + message;
    List<FakeMessage> all = slack.standing(channel);
    List<String> roots =
        all.stream()
            .filter(
                one ->
                    one.metadata().fieldsAt("event_payload").text("key").equals(Optional.of(key)))
            .map(FakeMessage::ts)
            .toList();
    return all.stream()
        .filter(one -> roots.contains(one.root()) || one.root().equals(message))
        .map(SlackChat::shown)
        .toList();
  }

  private static Shown shown(FakeMessage message) {
    return new Shown(
        message.ts(),
        message.channel(),
        message.thread().isEmpty(),
        message.drawn(),
        message.buttons().stream()
            .map(one -> one.fieldsAt("text").text("text").orElse(""))
            .toList());
  }

  @Override
  public List<String> faults() {
    return slack.faults().stream()
        .filter(fault -> !fault.startsWith("not acknowledged"))
        .filter(fault -> !fault.contains("was acknowledged after"))
        .filter(fault -> !fault.startsWith("socket:"))
        .toList();
  }

  @Override
  public void close() {
    slack.close();
  }
}
