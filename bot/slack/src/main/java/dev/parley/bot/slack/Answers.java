package dev.parley.bot.slack;

import com.slack.api.methods.MethodsClient;
import dev.parley.bot.slack.block.CardMessage;
import dev.parley.bot.slack.block.FormView;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one person alone sees: whispers and forms, in answer to what they did. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int MOST = 20_000;
  private static final Duration TRIGGER = Duration.ofSeconds(3);
  private static final Duration RESPONSE = Duration.ofMinutes(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What the token of a button begins with that opens a form by itself. */
  private static final String REOPEN = "parley.form.";

  private final Web web;
  private final Looks looks;
  private final Clock clock;
  private final Recent<String, Occasion> occasions = new Recent<>(MOST);
  private final Recent<String, Waiting> forms = new Recent<>(1000);
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /** A form that could not be opened yet, for one person. */
  private record Waiting(Place place, String person, Form form) {}

  Answers(Web web, Looks looks, Clock clock) {
    this.web = web;
    this.looks = looks;
    this.clock = clock;
  }

  void remember(Delivery delivery) {
    occasions.put(delivery.inbound().delivery(), delivery.occasion());
  }

  // ---- whispers

  /**
   * In the thread; by the address that came with what they did, if there is one, where that is too
   * much at once or the person or the bot is not in the channel; else directly.
   */
  void whisper(Inbound answered, Card card) {
    Place place = answered.place();
    String person = answered.speaker().person().id();
    looks.whisper(
        place,
        card,
        drawn -> {
          try {
            ephemeral(place, person, drawn);
          } catch (SurfaceFailure.Slow e) {
            if (!byResponse(answered, drawn)) {
              throw e;
            }
          } catch (SurfaceFailure.Refused e) {
            if (SlackErrors.ofBlocks(e)) {
              throw e;
            }
            if (!byResponse(answered, drawn)) {
              LOG.info("slack: a whisper goes by direct message: {}", e.getMessage());
              direct(place.workspace(), person, drawn);
            }
          }
        });
  }

  private void ephemeral(Place place, String person, CardMessage drawn) {
    web.tryChange(
        place,
        "chat.postEphemeral",
        client ->
            client.chatPostEphemeral(
                r ->
                    r.channel(Channel.id(place))
                        .user(person)
                        .threadTs(place.thread().orElse(null))
                        .text(drawn.text())
                        .blocksAsString(drawn.json())
                        .parse("none")
                        .linkNames(false)));
  }

  private boolean byResponse(Inbound answered, CardMessage drawn) {
    Optional<String> url =
        occasions
            .get(answered.delivery())
            .filter(one -> one.at().plus(RESPONSE).isAfter(clock.instant()))
            .flatMap(Occasion::response);
    return url.isPresent() && responded(url.get(), drawn);
  }

  private boolean responded(String url, CardMessage drawn) {
    Fields body =
        Fields.of("response_type", Value.text("ephemeral"))
            .with("replace_original", Value.bool(false))
            .with("text", Value.text(drawn.text()))
            .with("blocks", new Value.Items(List.copyOf(drawn.blocks())));
    try {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .timeout(TIMEOUT)
                  .header("Content-Type", "application/json; charset=utf-8")
                  .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void direct(String team, String person, CardMessage drawn) {
    web.change(
        team,
        "chat.postMessage",
        (MethodsClient client) ->
            client.chatPostMessage(
                r ->
                    r.channel(person)
                        .text(drawn.text())
                        .blocksAsString(drawn.json())
                        .mrkdwn(false)
                        .parse("none")
                        .linkNames(false)
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
  }

  // ---- forms

  /** Opens a form; where that is not possible any more, or not yet, a button that does. */
  void open(Inbound answered, Form form) {
    String person = answered.speaker().person().id();
    Optional<String> trigger =
        occasions
            .get(answered.delivery())
            .filter(one -> one.at().plus(TRIGGER).isAfter(clock.instant()))
            .flatMap(Occasion::trigger);
    boolean opened = trigger.isPresent() && opened(answered.place(), trigger.get(), form);
    if (!opened) {
      String token = REOPEN + UUID.randomUUID();
      forms.put(token, new Waiting(answered.place(), person, form));
      whisper(answered, door(form, token));
    }
  }

  private boolean opened(Place place, String trigger, Form form) {
    Fields metadata =
        Fields.of("token", Value.text(form.token()))
            .with("channel", Value.text(Channel.id(place)))
            .with("thread", Value.text(place.thread().orElse("")));
    try {
      web.change(
          place.workspace(),
          "views.open",
          client ->
              client.viewsOpen(
                  r -> r.triggerId(trigger).viewAsString(FormView.of(form, Json.write(metadata)))));
      return true;
    } catch (SurfaceFailure.Refused e) {
      if (SlackErrors.says(e, "expired_trigger_id")
          || SlackErrors.says(e, "exchanged_trigger_id")
          || SlackErrors.says(e, "trigger_expired")) {
        return false;
      }
      throw e;
    }
  }

  private static Card door(Form form, String token) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        form.title(),
        List.of(Part.text("There is something to fill in.")),
        List.of(new Button(Button.Style.PRIMARY, "Open the form", token, Optional.empty())),
        form.title() + ": open the form.",
        Fields.EMPTY);
  }

  /** Takes a press that only opens a waiting form. */
  boolean reopened(Fields payload) {
    if (!payload.text("type").equals(Optional.of("block_actions"))) {
      return false;
    }
    Optional<Waiting> waiting =
        payload.itemsAt("actions").stream()
            .flatMap(one -> one instanceof Fields f ? f.text("value").stream() : Stream.empty())
            .filter(token -> token.startsWith(REOPEN))
            .findFirst()
            .flatMap(forms::get)
            .filter(one -> payload.fieldsAt("user").text("id").equals(Optional.of(one.person())));
    Optional<String> trigger = payload.text("trigger_id");
    if (waiting.isEmpty() || trigger.isEmpty()) {
      return false;
    }
    Thread.ofVirtual()
        .name("slack form")
        .start(
            () -> {
              try {
                opened(waiting.get().place(), trigger.get(), waiting.get().form());
              } catch (SurfaceFailure e) {
                LOG.warn("slack: a form did not open: {}", e.getMessage());
              }
            });
    return true;
  }
}
