package dev.parley.bot.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.SurfaceContract;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSurfaceTest extends SurfaceContract {
  private static final List<String> PEOPLE =
      List.of("ann", "bob", "carol", "erin", "vic", "mallory");

  private final Map<String, Integer> threads = new HashMap<>();
  @TempDir Path folder;

  @Override
  protected Rig rig() {
    return new ConsoleRig(threads, folder);
  }

  @Test
  void a_person_who_is_not_there_cannot_type() {
    type("as trudy");
    assertThat(output()).contains("There is no trudy here");
  }

  @Test
  void a_bare_approve_presses_nothing_while_brackets_ask_first() {
    type("bucket one", "as bob", "approve", "[Approve]", "no thanks");
    bot.quiet(java.time.Duration.ofSeconds(10));
    assertThat(output()).contains("Nothing was decided", "Approve p-1 v1?", "Nothing changed.");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void a_file_is_put_where_the_card_says() throws Exception {
    type("bucket one", "as bob", "[Approve]", "yes");
    bot.quiet(java.time.Duration.ofSeconds(10));
    var receipt = Pattern.compile("file: (\\S+\\.jws)").matcher(output());
    assertThat(receipt.find()).as(output()).isTrue();
    assertThat(Path.of(receipt.group(1))).startsWith(folder).isNotEmptyFile();
  }

  @Test
  void threads_have_numbers_and_can_be_gone_back_to() {
    type("bucket one", "#new bucket two", "threads", "#1");
    assertThat(output()).contains("#1  bucket one", "* #2  bucket two", "Thread #1: bucket one");
  }

  private void type(String... lines) {
    for (String line : lines) {
      ((ConsoleRig) rig).keyboard.type(line);
      bot.quiet(java.time.Duration.ofSeconds(10));
    }
  }

  private String output() {
    return ((ConsoleRig) rig).out.toString();
  }

  /** Types lines into a stream, and reads the other one. */
  private static final class ConsoleRig implements Rig {
    private static final Pattern HEAD = Pattern.compile("#(\\d+)(?: only (\\w+) sees this| · .*)?");
    private final Map<String, Integer> threads;
    private final Keyboard keyboard = new Keyboard();
    private final StringWriter out = new StringWriter();
    private final ConsoleSurface console;

    ConsoleRig(Map<String, Integer> threads, Path folder) {
      this.threads = threads;
      var screen = new PlainScreen(keyboard, out, 300);
      console =
          new ConsoleSurface(
              screen,
              PEOPLE,
              java.time.Clock.systemUTC(),
              () -> UUID.randomUUID().toString(),
              folder);
      Thread.ofVirtual().start(() -> console.run(() -> {}));
      keyboard.untilIdle();
    }

    @Override
    public Surface surface() {
      return console;
    }

    private void type(String person, String thread, String text) {
      int number = threads.computeIfAbsent(thread, _ -> threads.size() + 1);
      keyboard.type("as " + person);
      keyboard.type("#" + number + " " + text);
    }

    @Override
    public void say(String person, String thread, String text) {
      type(person, thread, text);
    }

    @Override
    public void press(String person, String thread, String label) {
      int before = out.getBuffer().length();
      type(person, thread, "[" + label + "]");
      String answer = out.toString().substring(before);
      if (answer.contains("There is no button")) {
        throw new AssertionError(answer);
      }
      if (answer.contains("Type yes to")) {
        keyboard.type("yes");
      }
    }

    @Override
    public void pressAndFill(String person, String thread, String label, String... texts) {
      int before = out.getBuffer().length();
      press(person, thread, label);
      long end = System.nanoTime() + 10_000_000_000L;
      while (!out.toString().substring(before).contains("  Why")) {
        if (System.nanoTime() > end) {
          throw new AssertionError("no form: " + out.toString().substring(before));
        }
        Thread.onSpinWait();
      }
      for (String text : texts) {
        keyboard.type(text);
      }
    }

    @Override
    public void emoji(String person, String thread, String emoji) {
      type(person, thread, ":" + emoji + ":");
    }

    @Override
    public void noEmoji(String person, String thread, String emoji) {
      type(person, thread, "-:" + emoji + ":");
    }

    @Override
    public String shown(String thread) {
      return blocks(threads.getOrDefault(thread, -1), null);
    }

    @Override
    public String privately(String person) {
      return blocks(0, person);
    }

    /** What was printed under the heads that fit: of a thread for all, or of any thread for one. */
    private String blocks(int thread, String only) {
      var found = new ArrayList<String>();
      boolean take = false;
      for (String line : out.toString().lines().toList()) {
        Matcher head = HEAD.matcher(line);
        if (head.matches()) {
          take =
              only == null
                  ? head.group(2) == null && Integer.parseInt(head.group(1)) == thread
                  : only.equals(head.group(2));
        } else if (!line.startsWith("│") && !line.startsWith("╭") && !line.startsWith("╰")) {
          take = false;
        }
        if (take) {
          found.add(line);
        }
      }
      return String.join("\n", found);
    }

    @Override
    public List<String> buttons(String thread) {
      return console.buttons(threads.getOrDefault(thread, -1));
    }

    @Override
    public void close() {
      keyboard.end();
    }
  }
}
