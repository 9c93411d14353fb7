package dev.parley.bot.testkit;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.bot.text.CardText;
import dev.parley.identity.Person;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Acts by the surface's own methods and reads what it keeps. On a remote one a conversation begins
 * with a message in the channel and goes on in the thread that hangs on the bot's card there.
 */
final class MemoryRig implements Rig {
  private final MemorySurface memory;
  private final SettableClock clock;
  private final Map<String, String> begun;

  /**
   * A rig.
   *
   * @param begun the tests' names of threads → the messages that began them; kept over restarts
   */
  MemoryRig(MemorySurface memory, SettableClock clock, Map<String, String> begun) {
    this.memory = memory;
    this.clock = clock;
    this.begun = begun;
  }

  private boolean remote() {
    return memory.capabilities().remote();
  }

  private Place channel() {
    return memory.place("").root();
  }

  /** Where people write now. */
  private Place place(String thread) {
    if (!remote()) {
      return memory.place(thread);
    }
    String message = Optional.ofNullable(begun.get(thread)).orElseThrow();
    return root(thread).map(card -> channel().in(card.id())).orElse(channel().in(message));
  }

  private Optional<MessageRef> root(String thread) {
    return Optional.ofNullable(begun.get(thread))
        .flatMap(m -> memory.find(channel(), "root:" + channel().in(m).key()));
  }

  private boolean in(String thread, Place place) {
    return remote()
        ? begun.containsKey(thread)
            && (place.equals(channel().in(begun.get(thread))) || place.equals(place(thread)))
        : place.equals(memory.place(thread));
  }

  @Override
  public Surface surface() {
    return memory;
  }

  @Override
  public void say(String person, String thread, String text) {
    if (remote() && !begun.containsKey(thread)) {
      begun.put(thread, memory.say(memory.human(person), channel(), text));
    } else {
      memory.say(memory.human(person), place(thread), text);
    }
  }

  @Override
  public void press(String person, String thread, String label) {
    find(person, thread, label).press(memory, person);
  }

  @Override
  public void pressAndFill(String person, String thread, String label, String... texts) {
    int before = memory.outputs().size();
    press(person, thread, label);
    long end = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end) {
      List<Output> all = memory.outputs();
      for (Output output : all.subList(before, all.size())) {
        if (output instanceof Output.Opened(var to, var place, var form)
            && to.id().equals(person)) {
          var answers = new LinkedHashMap<String, String>();
          for (int i = 0; i < texts.length; i++) {
            answers.put(form.fields().get(i).name(), texts[i]);
          }
          memory.submit(memory.human(person), place, form, answers);
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no form opened");
  }

  private record Found(Place place, String message, Button button) {
    void press(MemorySurface memory, String person) {
      memory.press(memory.human(person), place, message, button.token());
    }
  }

  private Found find(String person, String thread, String label) {
    var found = new ArrayList<Found>();
    cards(thread)
        .forEach(
            (message, card) ->
                MemorySurface.button(card, label)
                    .ifPresent(b -> found.add(new Found(message.place(), message.id(), b))));
    for (Output output : memory.outputs()) {
      if (output instanceof Output.Whispered(var to, var at, var card)
          && to.id().equals(person)
          && in(thread, at)) {
        MemorySurface.button(card, label).ifPresent(b -> found.add(new Found(at, "", b)));
      }
    }
    if (found.isEmpty()) {
      throw new AssertionError("no button " + label + " in " + shown(thread));
    }
    return found.getLast();
  }

  /** The messages of a thread in their last state, oldest first. */
  private Map<MessageRef, Card> cards(String thread) {
    var all = new LinkedHashMap<MessageRef, Card>();
    for (Past past : recalled(thread)) {
      for (Past.Line line : past.lines()) {
        if (line instanceof Past.Shown(var message, var card, _)) {
          all.put(new MessageRef(past.place(), message), card);
        }
      }
    }
    for (Output output : memory.outputs()) {
      if (output instanceof Output.Posted(var message, var card) && in(thread, message.place())) {
        all.put(message, card);
      }
      if (output instanceof Output.Edited(var message, var card, _)
          && in(thread, message.place())) {
        all.put(message, card);
      }
    }
    return all;
  }

  /** What a surface that keeps nothing itself was given back. */
  private List<Past> recalled(String thread) {
    return remote()
        ? List.of()
        : memory.recalled().stream().filter(past -> in(thread, past.place())).toList();
  }

  @Override
  public void emoji(String person, String thread, String emoji) {
    memory.emoji(memory.human(person), plans(thread).getLast(), emoji);
  }

  @Override
  public void noEmoji(String person, String thread, String emoji) {
    memory.noEmoji(memory.human(person), plans(thread).getLast(), emoji);
  }

  private List<MessageRef> plans(String thread) {
    return cards(thread).entrySet().stream()
        .filter(e -> e.getValue().stage() == Card.Stage.PLAN)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String shown(String thread) {
    var texts = new ArrayList<String>();
    for (Past past : recalled(thread)) {
      past.lines()
          .forEach(
              line ->
                  texts.add(
                      line instanceof Past.Shown(_, var card, _)
                          ? text(card)
                          : ((Past.Heard) line).text()));
    }
    for (Output output : memory.outputs()) {
      if (output instanceof Output.Posted(var message, var card) && in(thread, message.place())) {
        texts.add(text(card));
      }
      if (output instanceof Output.Edited(var message, var card, _)
          && in(thread, message.place())) {
        texts.add(text(card));
      }
    }
    return String.join("\n", texts);
  }

  private static String text(Card card) {
    return CardText.render(card, 300);
  }

  @Override
  public String privately(String person) {
    return memory.outputs().stream()
        .filter(o -> o instanceof Output.Whispered w && w.to().id().equals(person))
        .map(o -> text(((Output.Whispered) o).card()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public List<String> buttons(String thread) {
    return cards(thread).values().stream()
        .flatMap(card -> card.buttons().stream())
        .map(Button::label)
        .toList();
  }

  // ---- what not every surface offers

  @Override
  public Optional<List<String>> channelCards() {
    return remote()
        ? Optional.of(memory.cards(channel()).values().stream().map(card -> text(card)).toList())
        : Optional.empty();
  }

  @Override
  public boolean sayAs(Speaker.Kind kind, String person, String thread, String text) {
    var speaker = new Speaker(new Person(memory.id(), "", person), kind);
    memory.say(speaker, remote() ? channel() : memory.place(thread), text);
    return true;
  }

  @Override
  public boolean sayDirectly(String person, String text) {
    memory.say(
        memory.human(person),
        new Place(memory.id(), "", Place.DIRECT + person, Optional.empty()),
        text);
    return true;
  }

  @Override
  public boolean pressTwiceDelivered(String person, String thread, String label) {
    Found found = find(person, thread, label);
    var press =
        new Inbound.Pressed(
            "same-delivery",
            memory.human(person),
            found.place(),
            found.message(),
            found.button().token(),
            clock.instant());
    memory.deliver(press);
    memory.deliver(press);
    return true;
  }

  @Override
  public boolean pressAtOnce(List<String> people, String thread, String label) {
    var found = people.stream().map(person -> find(person, thread, label)).toList();
    var threads =
        IntStream.range(0, people.size())
            .mapToObj(
                i -> Thread.ofVirtual().start(() -> found.get(i).press(memory, people.get(i))))
            .toList();
    for (Thread one : threads) {
      try {
        one.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return true;
  }

  @Override
  public boolean pressForged(String person, String thread, String label, Forgery forgery) {
    Found found = find(person, thread, label);
    Place place =
        forgery == Forgery.OTHER_CHANNEL
            ? new Place(memory.id(), "", "elsewhere", found.place().thread())
            : found.place();
    String message = forgery == Forgery.OTHER_MESSAGE ? "another" : found.message();
    String token = forgery == Forgery.UNKNOWN ? "AAAAAAAAAAAAAAAAAAAAAA.0" : found.button().token();
    memory.press(memory.human(person), place, message, token);
    return true;
  }

  @Override
  public boolean emojiOfBot(String thread, String emoji) {
    memory.emoji(
        new Speaker(new Person(memory.id(), "", "parley"), Speaker.Kind.BOT),
        plans(thread).getLast(),
        emoji);
    return true;
  }

  @Override
  public boolean emojiOnOldest(String person, String thread, String emoji) {
    memory.emoji(memory.human(person), plans(thread).getFirst(), emoji);
    return true;
  }

  @Override
  public boolean slow(int times) {
    memory.refuse(
        Collections.nCopies(times, new SurfaceFailure.Slow("too fast", Duration.ofMillis(1))));
    return true;
  }

  @Override
  public boolean unreachable(int times) {
    memory.refuse(Collections.nCopies(times, new SurfaceFailure.Unreachable("no network")));
    return true;
  }

  @Override
  public boolean down(boolean now) {
    memory.down(now);
    return true;
  }

  @Override
  public void close() {
    memory.close();
  }
}
