package dev.parley.bot.slack.peer;

import dev.parley.bot.slack.SlackSettings;
import dev.parley.bot.slack.SlackSurface;
import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the surface call an independent Slack Web API. */
public final class EmulatePeer {
  private static final String TEAM = "T000000001";
  private static final String TOKEN = "xoxb-peer";
  private static final String SEED =
      """
      slack:
        team: {name: Peer, domain: peer}
        users: [{name: ann, real_name: Ann, email: ann@example.com}]
        channels: [{name: ops, topic: ops}]
        tokens: [{token: xoxb-peer, user: ann, scopes: [chat:write]}]
      """;

  private EmulatePeer() {}

  /** With the path of node and of the folder in which emulate is installed. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Path seed = Files.writeString(folder.resolve("seed.yaml"), SEED);
    int port = free();
    Process emulate =
        new ProcessBuilder(
                args[0],
                folder.resolve("node_modules/emulate/dist/index.js").toString(),
                "--service",
                "slack",
                "--port",
                Integer.toString(port),
                "--seed",
                seed.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("emulate.log").toFile())
            .start();
    try {
      FakeSlack.await("emulate to listen", () -> listens(port));
      converse("http://127.0.0.1:" + port + "/api/");
    } finally {
      emulate.destroy();
    }
    System.exit(0);
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void converse(String api) {
    var settings =
        new SlackSettings(
            Map.of(TEAM, new SlackSettings.Workspace(TOKEN, Optional.empty())),
            SlackSettings.Mode.HTTP,
            Optional.of("secret"),
            "127.0.0.1",
            0,
            "/slack/events",
            api);
    try (SlackSurface surface = SlackSurface.open(settings, Clock.systemUTC())) {
      Place channel = new Place("slack", TEAM, "C000000001", Optional.empty());
      MessageRef root = surface.post(channel, card("a root"), "root");
      Place thread = channel.in(root.id());
      MessageRef inside = surface.post(thread, card("inside <!channel>"), "inside");
      surface.edit(inside, card("changed"), 2);
      surface.react(inside, "eyes");
      surface.react(inside, "eyes");
      var file =
          new Part.Attachment(
              "a.txt", "text/plain", "hello".getBytes(StandardCharsets.UTF_8), Optional.empty());
      surface.attach(thread, file, "a file", "file");
      try (SlackSurface other = SlackSurface.open(settings, Clock.systemUTC())) {
        MessageRef found =
            other
                .find(thread, "inside")
                .orElseThrow(() -> new AssertionError("the message is not found by its key"));
        if (!found.equals(inside)) {
          throw new AssertionError("another message is found: " + found);
        }
      }
    }
    System.out.println("post, thread, update, emoji, file and finding by key work on emulate");
  }

  private static Card card(String text) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        "Notice",
        List.of(Part.text(text)),
        List.of(),
        text,
        Fields.EMPTY);
  }
}
