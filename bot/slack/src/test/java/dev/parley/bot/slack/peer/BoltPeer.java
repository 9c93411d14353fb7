package dev.parley.bot.slack.peer;

import dev.parley.bot.slack.fake.FakeMessage;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets Slack's own framework for JavaScript work against the stand-in. */
public final class BoltPeer {
  private BoltPeer() {}

  /** With the path of node and of the script. */
  public static void main(String[] args) throws IOException {
    try (var slack = new FakeSlack()) {
      slack.channel("C1", FakeSlack.TEAM);
      slack.add(FakeUser.member("U0ANN", FakeSlack.TEAM));
      Process bolt =
          new ProcessBuilder(
                  args[0],
                  args[1],
                  slack.api(),
                  slack.team(FakeSlack.TEAM).botToken(),
                  FakeSlack.APP_TOKEN)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var told = new CopyOnWriteArrayList<Fields>();
      Thread.ofVirtual().start(() -> read(bolt.inputReader(), told));
      try {
        converse(slack, told);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "; faults: " + slack.faults(), e);
      } finally {
        bolt.destroy();
      }
    }
    System.exit(0);
  }

  private static void read(BufferedReader reader, List<Fields> told) {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        System.out.println(line);
        if (line.startsWith("{")) {
          told.add((Fields) Json.parsePlain(line));
        }
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  private static void converse(FakeSlack slack, List<Fields> told) {
    await(told, "uploaded", "ok", "true");
    await(told, "limit", "error", "invalid_blocks");
    if (slack.faults().size() != 1) {
      throw new AssertionError("the header of 151 characters is the one fault: " + slack.faults());
    }
    slack.forgive();
    slack.mention(FakeSlack.TEAM, "U0ANN", "C1", Optional.empty(), "hello");
    await(told, "mention", "user", "U0ANN");
    FakeSlack.await("an emoji", () -> slack.calls("reactions.add") == 1);
    FakeMessage card =
        slack.standing("C1").stream()
            .filter(message -> !message.buttons().isEmpty())
            .findFirst()
            .orElseThrow();
    slack.press("U0ANN", card, card.buttons().getFirst());
    await(told, "action", "user", "U0ANN");
    slack.awaitView("U0ANN", 0);
    slack.submit("U0ANN", Map.of("reason", "too dear"));
    await(told, "view", "reason", "too dear");
    slack.command(FakeSlack.TEAM, "U0ANN", "C1", "status");
    await(told, "command", "text", "status");
    FakeSlack.await("the private answer", () -> !slack.whispered("U0ANN").isEmpty());
    slack.react("U0ANN", "C1", card.ts(), "+1", true);
    await(told, "reaction", "name", "+1");
    String ts = slack.say(FakeSlack.TEAM, "U0ANN", "C1", Optional.empty(), "one");
    slack.edit("C1", ts, "two");
    await(told, "changed", "subtype", "message_changed");
    slack.delete("C1", ts);
    await(told, "changed", "subtype", "message_deleted");
    if (!slack.faults().isEmpty()) {
      throw new AssertionError("faults: " + slack.faults());
    }
    System.out.println("Bolt for JavaScript and the stand-in understand each other");
  }

  private static void await(List<Fields> told, String what, String field, String value) {
    FakeSlack.await(
        what + " " + field + " " + value + " in " + told,
        () ->
            told.stream()
                .anyMatch(
                    one ->
                        one.text("what").equals(Optional.of(what))
                            && one.get(field)
                                .map(found -> Json.write(found).replace("\"", ""))
                                .equals(Optional.of(value))));
  }
}
