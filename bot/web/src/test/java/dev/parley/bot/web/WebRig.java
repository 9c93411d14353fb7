package dev.parley.bot.web;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Surface;
import dev.parley.bot.testkit.People;
import dev.parley.bot.testkit.Rig;
import dev.parley.bot.text.CardText;
import dev.parley.engine.Engine;
import dev.parley.engine.json.Codec;
import dev.parley.identity.User;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** People at their pages: every act is an HTTP request, everything seen comes by HTTP or events. */
final class WebRig implements Rig {
  private static final String EVERYBODY_SEES = "ann";
  private final Map<String, String> threads;
  private final WebSurface web;
  private final PageServer server;
  private final PageClient client;
  private final Map<String, Events> pages = new LinkedHashMap<>();
  private int marks;

  /**
   * Opens a page for each person, and one for mallory, whom the directory does not know.
   *
   * @param threads the tests' names of threads → the page's
   */
  WebRig(Engine engine, Clock clock, Map<String, String> threads) {
    this.threads = threads;
    web = new WebSurface(clock, () -> UUID.randomUUID().toString(), text -> text);
    var users = new ArrayList<>(new People().users(People.TENANT));
    users.add(new User(People.TENANT, "mallory", "Mallory", Set.of(), Set.of(), true));
    server = new PageServer(new WebPage(engine, People.TENANT, web, users).servlets());
    client = new PageClient(server.at());
    users.forEach(user -> pages.put(user.id(), client.events(user.id(), Optional.empty())));
  }

  @Override
  public Surface surface() {
    return web;
  }

  PageClient client() {
    return client;
  }

  /** What a person's page has been told, and nothing is still on its way. */
  List<Events.Event> told(String person) {
    Events page = pages.get(person);
    var mark = Value.text("mark " + ++marks);
    web.listeners().tell("mark", Optional.of(person), Fields.of("mark", mark));
    page.until(event -> event.data().get("mark").equals(Optional.of(mark)));
    return page.all();
  }

  private static Fields as(String person) {
    return Fields.of("as", Value.text(person))
        .with("delivery", Value.text(UUID.randomUUID().toString()));
  }

  @Override
  public void say(String person, String thread, String text) {
    Fields body = as(person).with("text", Value.text(text));
    Fields posting =
        client.done(
            "api/say",
            threads.containsKey(thread)
                ? body.with("thread", Value.text(threads.get(thread)))
                : body);
    threads.put(thread, posting.text("thread").orElseThrow());
  }

  @Override
  public void press(String person, String thread, String label) {
    Fields found = Fields.EMPTY;
    for (Fields posting : postings(thread)) {
      for (Button button : buttonsOf(posting, label)) {
        found =
            Fields.of("message", Value.text(number(posting)))
                .with("token", Value.text(button.token()));
      }
    }
    for (Events.Event event : whispers(person)) {
      if (event.data().text("thread").equals(Optional.ofNullable(threads.get(thread)))) {
        for (Button button : buttonsOf(event.data(), label)) {
          found =
              Fields.of("thread", Value.text(threads.get(thread)))
                  .with("token", Value.text(button.token()));
        }
      }
    }
    if (found.isEmpty()) {
      throw new AssertionError("no button " + label + " in " + shown(thread));
    }
    Fields body = as(person);
    for (var field : found.fields().entrySet()) {
      body = body.with(field.getKey(), field.getValue());
    }
    client.done("api/press", body);
  }

  private static List<Button> buttonsOf(Fields holder, String label) {
    return cardOf(holder)
        .map(
            card -> card.buttons().stream().filter(button -> button.label().equals(label)).toList())
        .orElse(List.of());
  }

  @Override
  public void pressAndFill(String person, String thread, String label, String... texts) {
    int before = told(person).size();
    press(person, thread, label);
    Events page = pages.get(person);
    Fields form =
        page.until(event -> event.kind().equals("form") && page.all().indexOf(event) >= before)
            .data();
    Fields answers = Fields.EMPTY;
    for (int i = 0; i < texts.length; i++) {
      String field = ((Fields) form.itemsAt("fields").get(i)).text("name").orElseThrow();
      answers = answers.with(field, Value.text(texts[i]));
    }
    client.done(
        "api/submit",
        as(person)
            .with("thread", Value.text(form.text("thread").orElseThrow()))
            .with("token", Value.text(form.text("token").orElseThrow()))
            .with("fields", answers));
  }

  @Override
  public void emoji(String person, String thread, String emoji) {
    react(person, thread, emoji, true);
  }

  @Override
  public void noEmoji(String person, String thread, String emoji) {
    react(person, thread, emoji, false);
  }

  private void react(String person, String thread, String emoji, boolean on) {
    Fields plan =
        postings(thread).stream()
            .filter(
                posting ->
                    cardOf(posting).filter(card -> card.stage() == Card.Stage.PLAN).isPresent())
            .reduce((_, last) -> last)
            .orElseThrow();
    client.done(
        "api/react",
        as(person)
            .with("message", Value.text(number(plan)))
            .with("emoji", Value.text(emoji))
            .with("on", Value.bool(on)));
  }

  @Override
  public String shown(String thread) {
    var told =
        told(EVERYBODY_SEES).stream()
            .filter(event -> event.kind().equals("posting"))
            .map(Events.Event::data)
            .filter(
                posting -> posting.text("thread").equals(Optional.ofNullable(threads.get(thread))))
            .toList();
    var live = new HashSet<String>();
    told.forEach(posting -> live.add(number(posting)));
    var all = new ArrayList<Fields>();
    postings(thread).stream().filter(posting -> !live.contains(number(posting))).forEach(all::add);
    all.addAll(told);
    return all.stream().map(WebRig::text).collect(Collectors.joining("\n"));
  }

  @Override
  public String privately(String person) {
    return whispers(person).stream()
        .map(event -> text(event.data()))
        .collect(Collectors.joining("\n"));
  }

  private List<Events.Event> whispers(String person) {
    return told(person).stream().filter(event -> event.kind().equals("whisper")).toList();
  }

  @Override
  public List<String> buttons(String thread) {
    return postings(thread).stream()
        .flatMap(posting -> cardOf(posting).stream())
        .flatMap(card -> card.buttons().stream())
        .map(Button::label)
        .toList();
  }

  private List<Fields> postings(String thread) {
    if (!threads.containsKey(thread)) {
      return List.of();
    }
    return client.json("api/threads/" + threads.get(thread)).itemsAt("postings").stream()
        .map(posting -> (Fields) posting)
        .toList();
  }

  private static String number(Fields posting) {
    return ((Value.Num) posting.get("id").orElseThrow()).number().toPlainString();
  }

  private static String text(Fields holder) {
    return cardOf(holder)
        .map(card -> CardText.render(card, 300))
        .orElseGet(() -> holder.text("text").orElse(""));
  }

  /** The card as a page reads it; files stand there by name. */
  static Optional<Card> cardOf(Fields holder) {
    if (holder.get("card").isEmpty()) {
      return Optional.empty();
    }
    Fields card = holder.fieldsAt("card");
    var parts =
        card.itemsAt("parts").stream()
            .map(part -> (Fields) part)
            .map(
                part ->
                    switch (part.text("kind").orElseThrow()) {
                      case "Image" -> Part.text(part.text("alt").orElseThrow());
                      case "Attached" -> Part.text(part.text("name").orElseThrow());
                      default -> Codec.decode(part, Part.class);
                    })
            .toList();
    Fields empty = card.with("parts", new Value.Items(List.of())).with("body", Fields.EMPTY);
    Card bare = Codec.decode(empty, Card.class);
    return Optional.of(
        new Card(
            bare.stage(),
            bare.tone(),
            bare.title(),
            parts,
            bare.buttons(),
            bare.fallback(),
            Fields.EMPTY));
  }

  @Override
  public void close() {
    try {
      for (Events page : pages.values()) {
        page.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      client.close();
      server.close();
    }
  }
}
