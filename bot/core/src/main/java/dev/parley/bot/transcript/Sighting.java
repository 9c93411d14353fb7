package dev.parley.bot.transcript;

import dev.parley.bot.memory.Output;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Place;
import dev.parley.bot.text.CardText;
import dev.parley.identity.Person;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what a surface showed into lines that are the same each time: progress, which is edited as
 * often as time allows, becomes one line for each step that moved.
 */
final class Sighting {
  private final Map<String, String> steps = new HashMap<>();
  private final Map<String, String> said = new HashMap<>();

  /**
   * One thing seen.
   *
   * @param body the JSON line
   * @param card as text for people; empty where there is only the line
   * @param to who alone sees it; empty for everybody
   */
  record Seen(
      String event,
      Place place,
      Optional<String> to,
      Fields body,
      Optional<Card> card,
      String words,
      List<String> buttons) {}

  /**
   * What was shown in threads, in order; what one person alone sees comes first, since it depends
   * on nothing else.
   */
  List<Seen> of(List<Output> outputs, Function<Person, String> names) {
    var seen = new ArrayList<Seen>();
    Map<String, Progress> moving = new LinkedHashMap<>();
    for (Output output : outputs) {
      switch (output) {
        case Output.Posted(var message, _) when message.place().thread().isEmpty() -> {}
        case Output.Edited(var message, _, _) when message.place().thread().isEmpty() -> {}
        case Output.Posted(var message, var card) ->
            posted(message.place(), message.id(), card, moving, seen);
        case Output.Edited(var message, var card, _) ->
            edited(message.place(), message.id(), card, moving, seen);
        case Output.Whispered(var to, var place, var card) ->
            seen.add(
                seen(
                    place,
                    Optional.of(names.apply(to)),
                    card.body().with("to", Value.text(names.apply(to))),
                    card));
        case Output.Opened(var to, var place, var form) -> {
          Fields body =
              Fields.of("event", Value.text("message"))
                  .with("to", Value.text(names.apply(to)))
                  .with("title", Value.text(form.title()))
                  .with(
                      "text",
                      Value.text(
                          String.join("; ", form.fields().stream().map(f -> f.label()).toList())));
          String words =
              form.title()
                  + " "
                  + String.join(" ", form.fields().stream().map(f -> f.label()).toList());
          seen.add(
              new Seen(
                  "message",
                  place,
                  Optional.of(names.apply(to)),
                  body,
                  Optional.empty(),
                  words,
                  List.of(form.submit())));
        }
        case Output.Reacted _ -> {}
      }
    }
    moving.values().forEach(progress -> moved(progress, seen));
    seen.sort(Comparator.comparing(one -> one.to().isEmpty()));
    return seen;
  }

  private record Progress(Place place, Card card) {}

  private void posted(
      Place place, String message, Card card, Map<String, Progress> moving, List<Seen> seen) {
    said.put(message, card.fallback());
    String run = card.body().text("id").orElse("");
    if (card.stage() == Card.Stage.PROGRESS) {
      moving.put(run, new Progress(place, card));
      return;
    }
    if (card.stage() == Card.Stage.RESULT) {
      Optional.ofNullable(moving.remove(run)).ifPresent(progress -> moved(progress, seen));
      steps(place, card, seen);
    }
    seen.add(seen(place, Optional.empty(), card.body(), card));
  }

  private void edited(
      Place place, String message, Card card, Map<String, Progress> moving, List<Seen> seen) {
    if (card.stage() == Card.Stage.PROGRESS) {
      moving.put(card.body().text("id").orElse(""), new Progress(place, card));
      return;
    }
    boolean news = !card.fallback().equals(said.put(message, card.fallback()));
    if (news) {
      Fields body =
          Fields.of("event", Value.text("message"))
              .with("edited", Value.bool(true))
              .with("title", Value.text(card.title()))
              .with("text", Value.text(card.fallback()))
              .with("state", card.body().get("state").orElse(Value.NULL));
      String words = CardText.words(card);
      seen.add(
          new Seen(
              "message", place, Optional.empty(), body, Optional.empty(), words, labels(card)));
    }
  }

  private void moved(Progress progress, List<Seen> seen) {
    steps(progress.place(), progress.card(), seen);
  }

  /** The steps that are in another state than when they were last seen. */
  private void steps(Place place, Card card, List<Seen> seen) {
    String run = card.body().text("id").orElse("");
    for (Value value : card.body().itemsAt("steps")) {
      if (!(value instanceof Fields step)) {
        continue;
      }
      String state = step.text("state").orElse("");
      String now = state + step.get("attempt") + step.text("error").orElse("");
      boolean over =
          !state.equals("waiting") && !state.equals("running") && !state.equals("delayed");
      if (over && !now.equals(steps.put(run + "/" + step.text("step").orElse(""), now))) {
        Fields body = Fields.of("event", Value.text("step")).with("run", Value.text(run));
        for (Map.Entry<String, Value> field : step.fields().entrySet()) {
          body = body.with(field.getKey(), field.getValue());
        }
        String words =
            run
                + " "
                + step.text("step").orElse("")
                + " "
                + step.text("action").orElse("")
                + " "
                + step.text("address").orElse("")
                + ": "
                + state
                + step.text("error").map(error -> " " + error).orElse("");
        seen.add(
            new Seen("step", place, Optional.empty(), body, Optional.empty(), words, List.of()));
      }
    }
  }

  private static Seen seen(Place place, Optional<String> to, Fields body, Card card) {
    return new Seen(
        body.text("event").orElse("message"),
        place,
        to,
        body,
        Optional.of(card),
        CardText.words(card) + "\n" + card.fallback(),
        labels(card));
  }

  private static List<String> labels(Card card) {
    return card.buttons().stream().map(Button::label).toList();
  }
}
