package dev.parley.bot.transcript;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import dev.parley.bot.transcript.Sighting.Seen;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays a script against a running bot: does what its people do, waits until everything is quiet,
 * prints what is shown, and checks what shall be seen.
 */
public final class TranscriptPlayer {
  private static final String FIRST_THREAD = "main";
  private static final int COLUMNS = 100;

  private final Host host;
  private final Platform platform;
  private final Notes notes = new Notes();
  private final boolean json;
  private final Duration longest;
  private final Consumer<String> out;
  private final Sighting sighting = new Sighting();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Seen> since = new ArrayList<>();
  private String thread = FIRST_THREAD;
  private String printed = FIRST_THREAD;
  private int read;

  /**
   * A player for one script on the in-memory surface.
   *
   * @param json whether to print JSON lines instead of text
   * @param longest how long one line may take
   * @param out gets each printed line
   */
  public TranscriptPlayer(
      Host host, Clock clock, boolean json, Duration longest, Consumer<String> out) {
    this(host, new MemoryPlatform(new MemorySurface(host.surface(), clock)), json, longest, out);
  }

  /** A player for one script on any platform; {@link Host#surface()} is not asked. */
  public TranscriptPlayer(
      Host host, Platform platform, boolean json, Duration longest, Consumer<String> out) {
    this.host = host;
    this.platform = platform;
    this.json = json;
    this.longest = longest;
    this.out = out;
  }

  /** Plays it to its end; gives what did not go as written. */
  public List<Failure> play(Script script) {
    attach();
    List<Script.Line> lines = script.lines();
    for (int i = 0; i < lines.size(); i++) {
      boolean waits =
          i + 1 >= lines.size()
              || !(lines.get(i + 1) instanceof Script.Crashes
                  || lines.get(i + 1) instanceof Script.Meanwhile);
      play(script, lines.get(i), waits);
    }
    return List.copyOf(failures);
  }

  private void play(Script script, Script.Line line, boolean waits) {
    switch (line) {
      case Script.Goes(_, var name) -> thread = name;
      case Script.Says says -> {
        begin(says.person(), says.text());
        Optional<Place> known = notes.place(thread);
        Place said = platform.say(says.person(), thread, known, says.text());
        notes.began(thread, said, says.text());
        rest(script, line, waits);
      }
      case Script.Presses presses -> {
        begin(
            presses.person(),
            "["
                + presses.label()
                + "]"
                + (presses.revision() > 0 ? " on v" + presses.revision() : "")
                + (presses.fill().isEmpty() ? "" : " " + presses.fill()));
        press(script, presses);
        rest(script, line, waits);
      }
      case Script.Reacts reacts -> {
        begin(reacts.person(), (reacts.taken() ? "-" : "") + ":" + reacts.emoji() + ":");
        react(script, reacts);
        rest(script, line, waits);
      }
      case Script.Expects(_, var expectation) ->
          expectation.unmet(since).ifPresent(why -> fail(script, line, why));
      case Script.Crashes _ -> crash(script, line);
      case Script.Meanwhile _ -> {}
      case Script.Waits _ -> rest(script, line, true);
      case Script.Advances(_, var by) -> advance(script, line, by);
    }
  }

  // ---- what people do

  private void attach() {
    host.bot().attach(new Seat(platform.surface(), notes));
  }

  /** Whether something is shown in the thread that the script is in. */
  private boolean here(Place place) {
    return place.thread().isEmpty() || notes.name(place).equals(Optional.of(thread));
  }

  private void press(Script script, Script.Presses presses) {
    int before = notes.outputs().size();
    Optional<Found> found = find(presses.person(), presses.label(), presses.revision());
    if (found.isEmpty()) {
      fail(script, presses, "there is no button [" + presses.label() + "] to press");
      return;
    }
    platform.press(
        presses.person(), found.get().place(), found.get().message(), found.get().button());
    if (!presses.fill().isEmpty()) {
      fill(script, presses, before);
    }
  }

  private void fill(Script script, Script.Presses presses, int before) {
    host.bot().settled(longest);
    List<Output> all = notes.outputs();
    for (Output output : all.subList(before, all.size())) {
      if (output instanceof Output.Opened(var to, var place, var form)
          && platform.name(to).equals(presses.person())) {
        platform.submit(presses.person(), place, form, answers(form, presses.fill()));
        return;
      }
    }
    fail(script, presses, "no form opened to write into");
  }

  /** One answer for each field, divided by {@code |}; the last takes the rest. */
  private static Map<String, String> answers(Form form, String fill) {
    var answers = new LinkedHashMap<String, String>();
    String[] texts = fill.split("\\|", form.fields().size());
    for (int i = 0; i < texts.length; i++) {
      answers.put(form.fields().get(i).name(), texts[i].strip());
    }
    return answers;
  }

  private record Found(Place place, String message, Button button) {}

  private record Standing(Place place, String message, Card card) {}

  /**
   * The newest button of that label that the person sees in this thread; the former card's, if a
   * revision is named.
   */
  private Optional<Found> find(String person, String label, int revision) {
    var cards = new LinkedHashMap<String, Standing>();
    for (Output output : notes.outputs()) {
      switch (output) {
        case Output.Posted(var message, var card) when here(message.place()) ->
            cards.put(message.id(), new Standing(message.place(), message.id(), card));
        case Output.Edited(var message, var card, _) when here(message.place()) && revision == 0 ->
            cards.put(message.id(), new Standing(message.place(), message.id(), card));
        case Output.Whispered(var to, var place, var card)
            when here(place) && platform.name(to).equals(person) && revision == 0 ->
            cards.put("whisper" + cards.size(), new Standing(place, "", card));
        default -> {}
      }
    }
    Optional<Found> last = Optional.empty();
    for (Standing standing : cards.values()) {
      boolean fits =
          revision == 0
              || standing.card().body().get("revision").equals(Optional.of(Value.num(revision)));
      Optional<Button> button = MemorySurface.button(standing.card(), label);
      if (fits && button.isPresent()) {
        last = Optional.of(new Found(standing.place(), standing.message(), button.get()));
      }
    }
    return last;
  }

  private void react(Script script, Script.Reacts reacts) {
    Optional<MessageRef> plan =
        notes.outputs().stream()
            .filter(
                output ->
                    output instanceof Output.Posted(var message, var card)
                        && card.stage() == Card.Stage.PLAN
                        && here(message.place()))
            .map(output -> ((Output.Posted) output).message())
            .reduce((_, last) -> last);
    plan.ifPresentOrElse(
        message -> platform.react(reacts.person(), message, reacts.emoji(), reacts.taken()),
        () -> fail(script, reacts, "there is no plan card to put an emoji on"));
  }

  // ---- what the host does

  private void crash(Script script, Script.Line line) {
    show();
    if (!host.crash()) {
      fail(script, line, "this program can't be made to crash");
      return;
    }
    note("the program crashed and started again");
    attach();
    rest(script, line, true);
  }

  private void advance(Script script, Script.Line line, Duration by) {
    if (!host.advance(by)) {
      fail(script, line, "the clock of this program can't be moved");
      return;
    }
    since.clear();
    note("later: " + by);
    host.bot().tick();
    rest(script, line, true);
  }

  private void rest(Script script, Script.Line line, boolean waits) {
    boolean done = waits ? host.bot().quiet(longest) : host.bot().settled(longest);
    show();
    if (!done) {
      fail(script, line, "it did not come to rest within " + longest.toSeconds() + " s");
    }
  }

  // ---- what is printed

  private void begin(String person, String text) {
    since.clear();
    show();
    since.clear();
    thread(thread);
    if (json) {
      print(
          Fields.of("event", Value.text("message"))
              .with("from", Value.text(person))
              .with("text", Value.text(text)),
          thread);
    } else {
      out.accept("");
      out.accept(person + ": " + Inert.lines(text).replace("\n", "\n  "));
    }
  }

  private void show() {
    List<Output> all = notes.outputs();
    List<Seen> seen = sighting.of(all.subList(read, all.size()), platform::name);
    read = all.size();
    since.addAll(seen);
    for (Seen one : seen) {
      String at = notes.name(one.place()).orElse(thread);
      if (json) {
        print(one.body(), at);
      } else {
        thread(at);
        one.to().ifPresent(to -> out.accept("  (only " + to + " sees this)"));
        one.card()
            .ifPresentOrElse(
                card -> CardText.lines(card, COLUMNS).forEach(out),
                () ->
                    out.accept(
                        "  · "
                            + Inert.line(
                                one.event().equals("step")
                                    ? one.words()
                                    : one.body().text("text").orElse(one.words()))));
      }
    }
  }

  private void thread(String at) {
    if (!json && !at.equals(printed)) {
      printed = at;
      out.accept("");
      out.accept("--- thread " + at);
    }
  }

  private void note(String text) {
    if (json) {
      print(
          Fields.of("event", Value.text("message"))
              .with("from", Value.text("script"))
              .with("text", Value.text(text)),
          thread);
    } else {
      out.accept("");
      out.accept("  @ " + text);
    }
  }

  private void fail(Script script, Script.Line line, String why) {
    var failure = new Failure(script.name(), line.number(), why);
    failures.add(failure);
    if (json) {
      print(
          Fields.of("event", Value.text("error"))
              .with("message", Value.text("expectation failed"))
              .with("problems", Value.Items.of())
              .with("line", Value.num(line.number()))
              .with("why", Value.text(why)),
          thread);
    } else {
      out.accept("  ✗ FAILED " + failure);
    }
  }

  private void print(Fields body, String at) {
    out.accept(Json.write(body.with("thread", Value.text(at))));
  }
}
