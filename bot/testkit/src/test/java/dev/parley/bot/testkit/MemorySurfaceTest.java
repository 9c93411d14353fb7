package dev.parley.bot.testkit;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Past;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.text.CardText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class MemorySurfaceTest extends SurfaceContract {
  @Override
  protected Rig rig() {
    return new MemoryRig(new MemorySurface("memory", clock));
  }

  /** Acts by the surface's own methods and reads what it keeps. */
  private record MemoryRig(MemorySurface memory) implements Rig {
    @Override
    public Surface surface() {
      return memory;
    }

    @Override
    public void say(String person, String thread, String text) {
      memory.say(memory.human(person), memory.place(thread), text);
    }

    @Override
    public void press(String person, String thread, String label) {
      find(person, thread, label).press(person);
    }

    @Override
    public void pressAndFill(String person, String thread, String label, String text) {
      int before = memory.outputs().size();
      press(person, thread, label);
      long end = System.nanoTime() + 10_000_000_000L;
      while (System.nanoTime() < end) {
        List<Output> all = memory.outputs();
        for (Output output : all.subList(before, all.size())) {
          if (output instanceof Output.Opened(var to, var place, var form)
              && to.id().equals(person)) {
            memory.submit(
                memory.human(person), place, form, Map.of(form.fields().getFirst().name(), text));
            return;
          }
        }
        Thread.onSpinWait();
      }
      throw new AssertionError("no form opened");
    }

    private record Found(MemorySurface memory, Place place, String message, Button button) {
      void press(String person) {
        memory.press(memory.human(person), place, message, button.token());
      }
    }

    private Found find(String person, String thread, String label) {
      var found = new ArrayList<Found>();
      Place place = memory.place(thread);
      Map<String, Card> live = cards(place);
      live.forEach(
          (message, card) ->
              MemorySurface.button(card, label)
                  .ifPresent(b -> found.add(new Found(memory, place, message, b))));
      for (Output output : memory.outputs()) {
        if (output instanceof Output.Whispered(var to, var at, var card)
            && to.id().equals(person)
            && at.equals(place)) {
          MemorySurface.button(card, label)
              .ifPresent(b -> found.add(new Found(memory, place, "", b)));
        }
      }
      if (found.isEmpty()) {
        throw new AssertionError("no button " + label + " in " + shown(thread));
      }
      return found.getLast();
    }

    private Map<String, Card> cards(Place place) {
      var all = new LinkedHashMap<String, Card>();
      for (Past past : memory.recalled()) {
        if (past.place().equals(place)) {
          for (Past.Line line : past.lines()) {
            if (line instanceof Past.Shown(var message, var card, _)) {
              all.put(message, card);
            }
          }
        }
      }
      memory.outputs().stream()
          .filter(
              o ->
                  o instanceof Output.Edited e && e.message().place().equals(place)
                      || o instanceof Output.Posted p && p.message().place().equals(place))
          .forEach(
              o -> {
                switch (o) {
                  case Output.Posted(var message, var card) -> all.put(message.id(), card);
                  case Output.Edited(var message, var card, _) -> all.put(message.id(), card);
                  case Output.Whispered _, Output.Opened _, Output.Reacted _ -> {}
                }
              });
      return all;
    }

    @Override
    public void emoji(String person, String thread, String emoji) {
      memory.emoji(memory.human(person), plan(thread), emoji);
    }

    @Override
    public void noEmoji(String person, String thread, String emoji) {
      memory.noEmoji(memory.human(person), plan(thread), emoji);
    }

    private MessageRef plan(String thread) {
      Place place = memory.place(thread);
      return cards(place).entrySet().stream()
          .filter(e -> e.getValue().stage() == Card.Stage.PLAN)
          .map(e -> new MessageRef(place, e.getKey()))
          .reduce((_, last) -> last)
          .orElseThrow();
    }

    @Override
    public String shown(String thread) {
      Place place = memory.place(thread);
      var texts = new ArrayList<String>();
      for (Past past : memory.recalled()) {
        if (past.place().equals(place)) {
          past.lines()
              .forEach(
                  line ->
                      texts.add(
                          line instanceof Past.Shown(_, var card, _)
                              ? text(card)
                              : ((Past.Heard) line).text()));
        }
      }
      for (Output output : memory.outputs()) {
        if (output instanceof Output.Posted(var message, var card)
            && message.place().equals(place)) {
          texts.add(text(card));
        }
        if (output instanceof Output.Edited(var message, var card, _)
            && message.place().equals(place)) {
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
      return cards(memory.place(thread)).values().stream()
          .flatMap(card -> card.buttons().stream())
          .map(Button::label)
          .toList();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
