package dev.parley.bot.discord.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stand-in against discord.js, a client nobody here wrote. {@code -Dpeers.node=} names the
 * program, {@code -Dpeers.discordjs=} the folder in which discord.js is installed.
 */
@Tag("peers")
@EnabledIfSystemProperty(named = "peers.discordjs", matches = ".+")
class DiscordJsTest {
  @TempDir Path folder;
  private final FakeDiscord discord = new FakeDiscord();
  private final LinkedBlockingQueue<Fields> told = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();
  private String ann;
  private Process node;

  @BeforeEach
  void start() throws IOException {
    ann = discord.person("ann");
    Path script = folder.resolve("client.mjs");
    try (InputStream in = DiscordJsTest.class.getResourceAsStream("/client.mjs")) {
      Files.write(script, in.readAllBytes());
    }
    node =
        new ProcessBuilder(
                System.getProperty("peers.node", "node"),
                script.toString(),
                discord.api().toString(),
                FakeDiscord.TOKEN)
            .directory(Path.of(System.getProperty("peers.discordjs", ".")).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (var out =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        told.add((Fields) Json.parsePlain(line));
      }
    } catch (IOException e) {
      // it ended
    }
  }

  private String hears(String what) throws InterruptedException {
    for (Fields one = told.poll(60, TimeUnit.SECONDS);
        one != null;
        one = told.poll(60, TimeUnit.SECONDS)) {
      said.add(Json.write(one));
      if (one.text("what").orElse("").equals("error")) {
        return fail("discord.js minds: " + one + " after " + said);
      }
      if (one.text("what").orElse("").equals(what)) {
        return one.text("detail").orElse("");
      }
    }
    return fail("discord.js did not say " + what + ", only " + said);
  }

  @AfterEach
  void stop() {
    node.destroyForcibly();
    discord.close();
  }

  @Test
  void a_whole_conversation_is_understood_by_discord_js() throws Exception {
    assertThat(hears("ready")).isEqualTo("parley");
    discord.say(ann, FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + "> a bucket");
    assertThat(hears("message")).endsWith("a bucket");
    String thread = hears("posted");
    assertThat(discord.threads(FakeDiscord.CHANNEL)).containsExactly(thread);
    Posted inside = discord.of(thread).getFirst();
    assertThat(inside.text()).contains("edited");
    assertThat(inside.reactions).containsExactly("👀");

    discord.press(ann, inside.id, "whisper");
    hears("whispered");
    assertThat(discord.privately(ann))
        .singleElement()
        .extracting(Posted::text)
        .isEqualTo("only for you");
    discord.press(ann, inside.id, "form");
    hears("form");
    discord.submit(ann, discord.forms(ann).getLast(), Map.of("reason", "because"));
    assertThat(hears("submitted")).isEqualTo("because");
    discord.react(ann, inside.id, "👍", true);
    assertThat(hears("reaction")).isEqualTo("👍");
    discord.slash(ann, FakeDiscord.CHANNEL, "status");
    assertThat(hears("command")).isEqualTo("status");
    assertThat(discord.wrongs()).isEmpty();
  }

  @Test
  void a_dropped_connection_is_resumed_by_discord_js() throws Exception {
    hears("ready");
    discord.drop(4000);
    discord.say(ann, FakeDiscord.CHANNEL, "<@" + FakeDiscord.SELF + "> meanwhile");
    assertThat(hears("message")).endsWith("meanwhile");
    assertThat(discord.resumes()).isPositive();
  }
}
