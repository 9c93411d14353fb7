package dev.parley.bot.console;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.talk.Commands;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import dev.parley.identity.Person;
import dev.parley.value.Check;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal. One person types at a time; {@code as bob} makes it another. Threads are contexts
 * with numbers. A button with a question, or a form, asks in the next lines.
 */
public final class ConsoleSurface implements Surface {
  /** The surface's id. */
  public static final String ID = "console";

  private static final String CHANNEL = "terminal";
  private static final Pattern NAMED = Pattern.compile("\\b[pr]-\\d{1,9}\\b");
  private static final List<String> HELP =
      List.of(
          "Say what you want:            two small web servers behind a load balancer, max"
              + " ₹1500/day",
          "Go on in the same thread:     make it 5          (a new thread: #new, back: #1, list:"
              + " threads)",
          "Ask what exists:              what depends on vpc-main?",
          "Press a button:               its number, or [Approve]",
          "Give an emoji to a plan:      +ok   (take it back: -ok)",
          "Be somebody else:             as bob             (nobody approves what they asked for)",
          "Decide by command:            approve p-1        reject p-1 <why>",
          "See what is going on:         status             receipt p-1        audit",
          "All commands:                 help               (this page: ?)",
          "Leave:                        quit, or Ctrl-D");

  private final Screen screen;
  private final List<String> people;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Drawer drawer;
  private final Wall wall = new Wall();
  private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();
  private final Queue<Consumer<String>> asking = new ConcurrentLinkedQueue<>();
  private volatile Optional<Consumer<Inbound>> inbox = Optional.empty();
  private volatile String person;
  private volatile int thread = 1;

  /**
   * A console.
   *
   * @param people who may type, the first one first; {@code as} switches between them
   * @param ids fresh ids, never the same again, not even after a restart
   * @param folder where pictures and files are put
   */
  public ConsoleSurface(
      Screen screen, List<String> people, Clock clock, Supplier<String> ids, Path folder) {
    if (people.isEmpty()) {
      throw new IllegalArgumentException("somebody must be able to type");
    }
    this.screen = screen;
    this.people = List.copyOf(people);
    this.clock = clock;
    this.ids = ids;
    this.drawer = new Drawer(folder);
    this.person = people.getFirst();
  }

  /**
   * Reads lines until the input ends or somebody quits.
   *
   * @param afterLine called after each line if nobody sits at the screen, so that a line read from
   *     a file is answered before the next one is read
   */
  public void run(Runnable afterLine) {
    screen.print(HELP);
    while (true) {
      Optional<String> line = screen.read(prompt(), this::words);
      if (line.isEmpty() || !typed(line.get())) {
        return;
      }
      if (!screen.interactive()) {
        afterLine.run();
      }
    }
  }

  private String prompt() {
    return asking.isEmpty() ? person + " #" + thread + "> " : "  ? ";
  }

  /** Takes one line; false if it ends the conversation. */
  boolean typed(String line) {
    Consumer<String> waiting = asking.poll();
    if (waiting != null) {
      waiting.accept(line.strip());
      return true;
    }
    switch (Typed.read(line)) {
      case Typed.Blank _ -> {}
      case Typed.Quit _ -> {
        return false;
      }
      case Typed.Help _ -> screen.print(HELP);
      case Typed.As(var name) -> as(name);
      case Typed.Threads _ -> threads();
      case Typed.Thread(var number, var rest) -> go(number, rest);
      case Typed.Number(var number) -> number(number, line);
      case Typed.Label(var label) ->
          press(
              wall.labelled(here(), person, label),
              "There is no button [" + label + "] in #" + thread + ".");
      case Typed.Emoji(var name, var taken) -> emoji(name, taken);
      case Typed.Text(var text) -> text(text);
    }
    return true;
  }

  // ---- what is typed

  private void as(String name) {
    Optional<String> known = people.stream().filter(one -> one.equalsIgnoreCase(name)).findFirst();
    if (known.isPresent()) {
      person = known.get();
      tell("You are " + person + " now.");
    } else {
      tell(
          "There is no "
              + Inert.line(name)
              + " here. There are: "
              + String.join(", ", people)
              + ".");
    }
  }

  private void threads() {
    Map<Integer, String> all = wall.titles();
    if (all.isEmpty()) {
      tell("No threads yet: say what you want.");
    }
    all.forEach(
        (number, title) ->
            tell((number == thread ? "* #" : "  #") + number + "  " + Inert.line(title)));
  }

  private void go(int number, String rest) {
    thread = number == 0 ? wall.next() : number;
    if (rest.isEmpty()) {
      tell(
          "Thread #"
              + thread
              + wall.titles().entrySet().stream()
                  .filter(e -> e.getKey() == thread)
                  .map(e -> ": " + Inert.line(e.getValue()))
                  .findFirst()
                  .orElse(" is new."));
      List<Wall.Pinned> open =
          wall.seen(here(), person).stream()
              .filter(one -> !one.card().buttons().isEmpty())
              .toList();
      open.forEach(one -> print(one.message().place(), "", one.card()));
    } else {
      typed(rest);
    }
  }

  /**
   * A number presses a button; where there is none of that number, it is an answer like any other.
   */
  private void number(int number, String line) {
    List<Wall.Pressable> buttons = wall.newest(here(), person);
    if (number >= 1 && number <= buttons.size()) {
      press(Optional.of(buttons.get(number - 1)), "");
    } else {
      say(line);
    }
  }

  /** A bare label presses what has no consequence; what decides needs its number or brackets. */
  private void text(String text) {
    Optional<Wall.Pressable> button = wall.labelled(here(), person, text.strip());
    boolean harmless =
        button
            .map(b -> b.button().confirm().isEmpty() && b.button().style() == Button.Style.PLAIN)
            .orElse(false);
    if (harmless) {
      press(button, "");
    } else {
      say(text);
    }
  }

  private void say(String text) {
    wall.open(thread, text.strip().lines().findFirst().orElse(""));
    deliver(new Inbound.Said(ids.get(), speaker(), here(), ids.get(), text, true, clock.instant()));
  }

  private void press(Optional<Wall.Pressable> found, String otherwise) {
    if (found.isEmpty()) {
      tell(otherwise);
      return;
    }
    Wall.Pressable pressable = found.get();
    Speaker who = speaker();
    Optional<Button.Confirm> confirm = pressable.button().confirm();
    if (confirm.isEmpty()) {
      pressed(who, pressable);
      return;
    }
    var lines = new ArrayList<String>();
    lines.add(Inert.line(confirm.get().title()));
    lines.addAll(Inert.lines(confirm.get().text()).lines().toList());
    lines.add(
        "Type yes to "
            + Inert.line(confirm.get().yes()).toLowerCase(java.util.Locale.ROOT)
            + ", anything else for no.");
    asking.add(
        answer -> {
          if (answer.equalsIgnoreCase("yes")
              || answer.equalsIgnoreCase("y")
              || answer.equalsIgnoreCase(confirm.get().yes())) {
            pressed(who, pressable);
          } else {
            tell("Nothing changed.");
          }
        });
    screen.print(lines);
  }

  private void pressed(Speaker who, Wall.Pressable pressable) {
    deliver(
        new Inbound.Pressed(
            ids.get(),
            who,
            pressable.place(),
            pressable.message(),
            pressable.button().token(),
            clock.instant()));
  }

  private void emoji(String name, boolean taken) {
    Optional<MessageRef> plan = wall.plan(here(), person);
    if (plan.isEmpty()) {
      tell("There is no plan in #" + thread + " to put an emoji on.");
      return;
    }
    MessageRef on = plan.get();
    deliver(
        taken
            ? new Inbound.Unreacted(
                ids.get(), speaker(), on.place(), on.id(), name, clock.instant())
            : new Inbound.Reacted(
                ids.get(), speaker(), on.place(), on.id(), name, clock.instant()));
  }

  private void deliver(Inbound inbound) {
    inbox.ifPresentOrElse(to -> to.accept(inbound), () -> tell("Nobody listens yet."));
  }

  private Speaker speaker() {
    return new Speaker(new Person(ID, "", person), Speaker.Kind.HUMAN);
  }

  private Place here() {
    return place(thread);
  }

  private static Place place(int number) {
    return new Place(ID, "", CHANNEL, Optional.of(String.valueOf(number)));
  }

  /** What can be typed, for completion. */
  private List<String> words() {
    var words = new TreeSet<>(Commands.WORDS);
    words.addAll(names);
    people.forEach(one -> words.add("as " + one));
    wall.titles().keySet().forEach(number -> words.add("#" + number));
    words.addAll(List.of("#new", "threads", "quit", "+ok"));
    wall.newest(here(), person).forEach(one -> words.add("[" + one.button().label() + "]"));
    return List.copyOf(words);
  }

  /** The buttons that a person can press in a thread, whichever card they are on. */
  List<String> buttons(int number) {
    return wall.seen(place(number), person).stream()
        .flatMap(one -> one.card().buttons().stream())
        .map(Button::label)
        .toList();
  }

  // ---- what is shown

  private void print(Place place, String remark, Card card) {
    Matcher matcher = NAMED.matcher(card.title());
    while (matcher.find()) {
      names.add(matcher.group());
    }
    var lines = new ArrayList<String>();
    lines.add("#" + place.thread().orElse("?") + (remark.isEmpty() ? "" : " " + remark));
    lines.addAll(CardText.lines(drawer.put(card), screen.columns()));
    screen.print(lines);
  }

  private void tell(String text) {
    screen.print(List.of("  " + text));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, true, true, false, true, 100_000, 9);
  }

  @Override
  public void start(Consumer<Inbound> started) {
    inbox = Optional.of(started);
  }

  @Override
  public MessageRef post(Place place, Card card, String key) {
    var message = new MessageRef(place, ids.get());
    if (!wall.pin(key, message, card, Optional.empty())) {
      return wall.at(key).orElse(message);
    }
    place
        .thread()
        .filter(t -> t.matches("\\d{1,6}"))
        .ifPresent(t -> wall.open(Integer.parseInt(t), card.title()));
    print(place, "", card);
    return message;
  }

  /** A card that changes is said in one line; its new buttons hang on the wall. */
  @Override
  public void edit(MessageRef message, Card card, long revision) {
    Optional<Wall.Pinned> former = wall.replace(message, card, revision);
    boolean news = former.map(one -> !one.card().fallback().equals(card.fallback())).orElse(false);
    if (news) {
      screen.print(
          List.of(
              "#" + message.place().thread().orElse("?") + " · " + Inert.line(card.fallback())));
    }
  }

  @Override
  public void whisper(Inbound answered, Card card) {
    String to = answered.speaker().person().id();
    wall.pin(
        wall.fresh("whisper "), new MessageRef(answered.place(), ids.get()), card, Optional.of(to));
    print(answered.place(), "only " + to + " sees this", card);
  }

  @Override
  public void open(Inbound answered, Form opened) {
    var lines = new ArrayList<String>();
    lines.add(
        "#"
            + answered.place().thread().orElse("?")
            + " only "
            + answered.speaker().person().id()
            + " sees this");
    lines.add("  " + Inert.line(opened.title()));
    var answers = new LinkedHashMap<String, String>();
    List<Form.Field> fields = opened.fields();
    for (int i = 0; i < fields.size(); i++) {
      Form.Field field = fields.get(i);
      boolean last = i == fields.size() - 1;
      lines.add(
          "  "
              + Inert.line(field.label())
              + (field.choices().isEmpty() ? "" : " " + field.choices()));
      asking.add(
          answer -> {
            answers.put(field.name(), answer);
            if (last) {
              deliver(
                  new Inbound.Submitted(
                      ids.get(),
                      answered.speaker(),
                      answered.place(),
                      opened.token(),
                      answers,
                      clock.instant()));
            }
          });
    }
    screen.print(lines);
  }

  @Override
  public void react(MessageRef message, String emoji) {
    // The terminal has no messages to put an emoji on: what was typed is already gone from it.
  }

  @Override
  public void recall(List<Past> threads) {
    for (Past past : threads) {
      int number =
          past.place().thread().filter(t -> t.matches("\\d{1,6}")).map(Integer::parseInt).orElse(0);
      wall.open(number, past.title());
      for (Past.Line line : past.lines()) {
        if (line instanceof Past.Shown(var message, var card, _)) {
          wall.pin(
              "recalled " + message, new MessageRef(past.place(), message), card, Optional.empty());
        }
      }
    }
    if (!threads.isEmpty()) {
      tell(
          threads.size()
              + " threads from before: `threads` lists them, `#"
              + wall.titles().keySet().stream().reduce((_, b) -> b).orElse(1)
              + "` goes to the last.");
      thread = wall.next();
    }
  }

  @Override
  public Check check() {
    return inbox.isPresent()
        ? Check.ok("listening")
        : Check.failed("not started", "attach it to the bot");
  }

  @Override
  public void close() {
    inbox = Optional.empty();
    screen.close();
  }
}
