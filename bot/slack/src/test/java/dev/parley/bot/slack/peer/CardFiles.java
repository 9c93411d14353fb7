package dev.parley.bot.slack.peer;

import dev.parley.bot.slack.block.CardMessage;
import dev.parley.bot.slack.block.Look;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.json.Json;
import dev.parley.identity.Person;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes one card of each kind of part and button as a TypeScript program of typed constants. */
public final class CardFiles {
  private CardFiles() {}

  /**
   * With the path of the file to write, and that of a folder of cards and modals that were played,
   * {@code card-*.json} and {@code view-*.json}; they are written as well.
   */
  public static void main(String[] args) throws IOException {
    var out =
        new StringBuilder(
            "import type { KnownBlock, ModalView, TaskCardBlock } from '@slack/types';\n");
    int number = 0;
    for (Card.Stage stage : Card.Stage.values()) {
      for (Look look : List.of(Look.NATIVE, Look.CLASSIC)) {
        List<Fields> blocks = CardMessage.of(card(stage), look, "parley:1:" + number).blocks();
        card(stage + "_" + look, new Items(List.copyOf(blocks)), out);
        number++;
      }
    }
    System.out.println(number + " cards of every part and button");
    played(Path.of(args[1]), out);
    Files.writeString(Path.of(args[0]), out);
  }

  private static void played(Path folder, StringBuilder out) throws IOException {
    int cards = 0;
    int views = 0;
    for (Path file : files(folder)) {
      Value read = Json.parsePlain(Files.readString(file));
      if (read instanceof Items blocks) {
        card("played" + cards++, blocks, out);
      } else {
        out.append("export const view").append(views++).append(": ModalView = ");
        out.append(Json.pretty(read)).append(";\n");
      }
    }
    System.out.println(cards + " cards and " + views + " modals of conversations");
    if (cards == 0 || views == 0) {
      throw new IllegalStateException("no conversation was played into " + folder);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static void card(String name, Items blocks, StringBuilder out) {
    out.append("export const ").append(name).append(": KnownBlock[] = ");
    out.append(Json.pretty(blocks)).append(";\n");
    var tasks = new ArrayList<Value>();
    for (Value block : blocks.items()) {
      tasks.addAll(((Fields) block).itemsAt("tasks"));
    }
    if (!tasks.isEmpty()) {
      out.append("export const ").append(name).append("_TASKS: TaskCardBlock[] = ");
      out.append(Json.pretty(new Items(tasks))).append(";\n");
    }
  }

  private static Card card(Card.Stage stage) {
    var person = new Person("slack", "T0PARLEY", "U0BOB");
    List<Part> parts =
        List.of(
            new Part.Text(
                Prose.of(
                    Prose.of("two servers for "),
                    new Prose.Bold("shop"),
                    new Prose.Mono("web-1"),
                    new Prose.Link("docs", "https://example.org/docs"),
                    new Prose.Mention(person))),
            new Part.Facts(List.of(new Part.Fact("cost", Prose.of("₹1,500 a day")))),
            new Part.Table(List.of("name", "type"), List.of(List.of("web-1", "vm")), 3),
            new Part.Changes(
                List.of(
                    new Part.ChangeLine("+", "web-1", "vm", "small"),
                    new Part.ChangeLine("-", "old", "vm", "")),
                490),
            new Part.Tasks(
                List.of(
                    new Part.Task("web-1", "done", "3 s"),
                    new Part.Task("web-2", "failed", "no quota"),
                    new Part.Task("web-3", "skipped", "")),
                1),
            new Part.Findings(
                List.of(
                    new Part.FindingLine(
                        "AWS-S3-001", "high", "deny", "bucket/logs", "it is public", "close it")),
                0),
            new Part.Bars("a month", List.of(new Part.Bar("now", 0.4, "$4"))),
            new Part.Code("hcl", "resource \"x\" {}"),
            new Part.Note(Prose.of("as of 09:00 UTC")),
            new Part.Link("the run", "https://example.org/r-1"));
    var confirm = new Button.Confirm("Approve p-1 v1?", "- old", "Approve", "Not yet");
    return new Card(
        stage,
        Card.Tone.WARNING,
        "p-1 v1: two servers",
        parts,
        List.of(
            new Button(Button.Style.PRIMARY, "Approve", "t.0", Optional.of(confirm)),
            new Button(Button.Style.DANGER, "Reject", "t.1", Optional.empty()),
            new Button(Button.Style.PLAIN, "Details", "t.2", Optional.empty())),
        "p-1 v1 waits for approval",
        Fields.EMPTY);
  }
}
