package dev.parley.app.kill;

import dev.parley.bot.discord.fake.FakeDiscord;
import dev.parley.bot.discord.fake.Posted;
import dev.parley.value.Digest;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Discord: nobody acknowledges a message, and what is said while no bot is there is never told to
 * it; what is known to have arrived bears the bot's emoji or has a card. A press is acknowledged.
 */
final class DiscordChat implements Chat {
  private static final int NONCE = 25;
  private final FakeDiscord discord = new FakeDiscord();
  private final List<String> channels = new ArrayList<>();
  private final Map<String, String> asked = new ConcurrentHashMap<>();
  private final String ann = discord.person("ann");
  private final String bob = discord.person("bob");

  DiscordChat(int channels) {
    for (int i = 0; i < channels; i++) {
      this.channels.add(discord.channel("kill-" + i));
    }
  }

  @Override
  public String surface() {
    var out = new StringBuilder("  discord:\n    token: \"${env:BOT}\"\n");
    out.append("    api: \"" + discord.api() + "\"\n    gateway: \"" + discord.gateway() + "\"\n");
    out.append("    workspaces:\n      \"" + FakeDiscord.GUILD + "\":\n        channels:\n");
    channels.forEach(id -> out.append("          \"" + id + "\": {accounts: [aws-dev]}\n"));
    return out.toString();
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of("BOT", FakeDiscord.TOKEN);
  }

  @Override
  public String person(String name) {
    return "discord:" + FakeDiscord.GUILD + ":" + (name.equals("ann") ? ann : bob);
  }

  @Override
  public boolean connected() {
    return discord.online();
  }

  @Override
  public String ask(int channel, String text) {
    String here = channels.get(channel);
    String id = discord.say(ann, here, "<@" + FakeDiscord.SELF + "> " + text);
    asked.put(id, here);
    return id;
  }

  @Override
  public boolean taken(String message) {
    boolean noticed =
        discord.all().stream().anyMatch(one -> one.id.equals(message) && !one.reactions.isEmpty());
    return noticed || !answers(message).isEmpty();
  }

  @Override
  public boolean press(Shown card, String label) {
    return button(card.id(), one -> label.equals(one.text("label").orElse("")))
        .map(id -> pressed(card, id))
        .orElse(false);
  }

  /** An Approve asks once more, to Bob alone; his answer to that is the press. */
  private boolean pressed(Shown card, String button) {
    int before = asked(card.channel()).size();
    if (!discord.answered(discord.press(bob, card.id(), button))) {
      return false;
    }
    List<Posted> questions = asked(card.channel());
    return questions.size() > before
        && button(questions.getLast().id, _ -> true)
            .map(yes -> discord.answered(discord.press(bob, questions.getLast().id, yes)))
            .orElse(false);
  }

  /** What Bob alone was shown in a thread. */
  private List<Posted> asked(String thread) {
    return discord.privately(bob).stream().filter(one -> one.channel.equals(thread)).toList();
  }

  private Optional<String> button(String message, Predicate<Fields> which) {
    return discord.all().stream()
        .filter(one -> one.id.equals(message))
        .flatMap(one -> one.buttons().stream())
        .filter(which)
        .findFirst()
        .flatMap(one -> one.text("custom_id"));
  }

  @Override
  public List<Shown> answers(String message) {
    String channel = asked.get(message);
    String key = "root:discord/" + FakeDiscord.GUILD + "/" + channel + "/" + message;
    String nonce = Digest.ofText(key).hex().substring(0, NONCE);
    var answers = new ArrayList<Shown>();
    for (Posted root : discord.of(channel)) {
      if (root.nonce.equals(nonce)) {
        answers.add(shown(root, true));
        discord.of(root.id).forEach(one -> answers.add(shown(one, false)));
      }
    }
    return answers;
  }

  private static Shown shown(Posted one, boolean root) {
    return new Shown(
        one.id,
        one.channel,
        root,
        one.text(),
        one.buttons().stream().map(button -> button.text("label").orElse("")).toList());
  }

  @Override
  public List<String> faults() {
    return discord.wrongs().stream()
        .filter(wrong -> !wrong.contains("answered only after"))
        .toList();
  }

  @Override
  public void close() {
    discord.close();
  }
}
