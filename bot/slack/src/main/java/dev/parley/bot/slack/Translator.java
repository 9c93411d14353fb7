package dev.parley.bot.slack;

import dev.parley.bot.slack.block.FormView;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Speaker;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Slack sends, as what people did. What is nobody's doing (our own echoes, joins, unfurled
 * links) is nothing.
 */
final class Translator {
  private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,11}(\\.\\d{1,9})?");
  private static final Set<String> SAID =
      Set.of("", "file_share", "thread_broadcast", "me_message", "bot_message");

  private final Web web;
  private final Speakers speakers;
  private final Threads threads;
  private final SlackSettings settings;
  private final Clock clock;

  Translator(Web web, Speakers speakers, Threads threads, SlackSettings settings, Clock clock) {
    this.web = web;
    this.speakers = speakers;
    this.threads = threads;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Reads a payload.
   *
   * @throws dev.parley.bot.surface.SurfaceFailure if Slack must be asked who it is, and can't be
   */
  Optional<Delivery> read(Fields payload) {
    if (payload.text("command").isPresent()) {
      return command(payload);
    }
    return switch (payload.text("type").orElse("")) {
      case "event_callback" -> event(payload);
      case "block_actions" -> pressed(payload);
      case "view_submission" -> submitted(payload);
      default -> Optional.empty();
    };
  }

  private static Optional<Delivery> plain(Inbound inbound) {
    return Optional.of(
        new Delivery(inbound, new Occasion(Optional.empty(), Optional.empty(), inbound.at())));
  }

  // ---- events

  private Optional<Delivery> event(Fields payload) {
    Fields event = payload.fieldsAt("event");
    Optional<String> team = team(payload);
    if (team.isEmpty()) {
      return Optional.empty();
    }
    return switch (event.text("type").orElse("")) {
      case "message", "app_mention" -> message(team.get(), event);
      case "reaction_added" -> reaction(team.get(), payload, event, true);
      case "reaction_removed" -> reaction(team.get(), payload, event, false);
      default -> Optional.empty();
    };
  }

  /**
   * The workspace whose installation hears it; in a shared channel not always that of the sender.
   */
  private Optional<String> team(Fields payload) {
    return payload.itemsAt("authorizations").stream()
        .flatMap(one -> one instanceof Fields f ? f.text("team_id").stream() : Stream.empty())
        .filter(settings.workspaces()::containsKey)
        .findFirst()
        .or(() -> payload.text("team_id").filter(settings.workspaces()::containsKey));
  }

  private Optional<Delivery> message(String team, Fields event) {
    String subtype = event.text("subtype").orElse("");
    if (subtype.equals("message_changed")) {
      return changed(team, event);
    }
    if (subtype.equals("message_deleted")) {
      return deleted(
          team, event, event.fieldsAt("previous_message"), event.text("deleted_ts").orElse(""));
    }
    return SAID.contains(subtype) ? said(team, event) : Optional.empty();
  }

  private Optional<Delivery> said(String team, Fields event) {
    Optional<Speaker> speaker = speaker(team, event);
    Optional<String> ts = event.text("ts");
    if (speaker.isEmpty() || ts.isEmpty()) {
      return Optional.empty();
    }
    String bot = web.identity(team).user();
    String text = event.text("text").orElse("");
    Place place = place(team, event, event);
    boolean direct =
        place.direct()
            || event.text("type").equals(Optional.of("app_mention"))
            || Heard.mentions(text, bot);
    return plain(
        new Inbound.Said(
            "said:" + team + ":" + place.channel() + ":" + ts.get(),
            speaker.get(),
            place,
            ts.get(),
            Heard.words(text, bot),
            direct,
            instant(ts.get()),
            files(event)));
  }

  private static List<String> files(Fields event) {
    return event.itemsAt("files").stream()
        .flatMap(one -> one instanceof Fields f ? f.text("name").stream() : Stream.empty())
        .toList();
  }

  private Optional<Delivery> changed(String team, Fields event) {
    Fields now = event.fieldsAt("message");
    Fields before = event.fieldsAt("previous_message");
    String ts = now.text("ts").orElse("");
    if (now.text("subtype").equals(Optional.of("tombstone"))) {
      return deleted(team, event, before, ts);
    }
    String text = now.text("text").orElse("");
    Optional<Speaker> speaker = speaker(team, now);
    boolean sameWords = before.text("text").equals(Optional.of(text));
    boolean byPerson = now.get("edited").isPresent(); // a link that was unfurled is no edit
    if (speaker.isEmpty() || sameWords || !byPerson || ts.isEmpty()) {
      return Optional.empty();
    }
    Place place = place(team, event, now);
    String when = now.fieldsAt("edited").text("ts").or(() -> event.text("ts")).orElse(ts);
    return plain(
        new Inbound.Edited(
            "edited:" + team + ":" + place.channel() + ":" + ts + ":" + when,
            speaker.get(),
            place,
            ts,
            Heard.words(text, web.identity(team).user()),
            instant(when)));
  }

  private Optional<Delivery> deleted(String team, Fields event, Fields before, String ts) {
    Optional<Speaker> speaker = speaker(team, before);
    if (speaker.isEmpty() || ts.isEmpty()) {
      return Optional.empty();
    }
    Place place = place(team, event, before);
    return plain(
        new Inbound.Deleted(
            "deleted:" + team + ":" + place.channel() + ":" + ts,
            speaker.get(),
            place,
            ts,
            event.text("ts").map(this::instant).orElse(clock.instant())));
  }

  private Optional<Delivery> reaction(String team, Fields payload, Fields event, boolean added) {
    Fields item = event.fieldsAt("item");
    String user = event.text("user").orElse("");
    String ours = web.identity(team).user();
    boolean onOurs = event.text("item_user").map(ours::equals).orElse(true);
    String ts = item.text("ts").orElse("");
    if (!onOurs || ours.equals(user) || user.isEmpty() || ts.isEmpty()) {
      return Optional.empty();
    }
    Place channel = Channel.place(team, item.text("channel").orElse(""), Optional.empty());
    Place place = threads.of(channel, ts);
    String id =
        payload
            .text("event_id")
            .orElseGet(() -> ts + ":" + user + ":" + event.text("event_ts").orElse(""));
    Speaker speaker = speakers.of(team, user);
    Instant at = event.text("event_ts").map(this::instant).orElse(clock.instant());
    String emoji = Emoji.standard(event.text("reaction").orElse(""));
    String delivery = "reaction:" + team + ":" + id;
    return plain(
        added
            ? new Inbound.Reacted(delivery, speaker, place, ts, emoji, at)
            : new Inbound.Unreacted(delivery, speaker, place, ts, emoji, at));
  }

  /** Who wrote a message; nobody if it is our own. */
  private Optional<Speaker> speaker(String team, Fields message) {
    Web.Identity ours = web.identity(team);
    Optional<String> bot = message.text("bot_id");
    Optional<String> user = message.text("user");
    if (bot.equals(Optional.of(ours.bot())) || user.equals(Optional.of(ours.user()))) {
      return Optional.empty();
    }
    boolean robot = message.text("subtype").equals(Optional.of("bot_message"));
    if (bot.isEmpty() && user.isEmpty()) {
      return Optional.empty();
    }
    if (bot.isPresent() || robot) {
      return Optional.of(
          new Speaker(
              new dev.parley.identity.Person(
                  SlackSurface.ID, team, user.or(() -> bot).orElseThrow()),
              Speaker.Kind.BOT));
    }
    return user.map(id -> speakers.of(team, id));
  }

  private static Place place(String team, Fields event, Fields message) {
    return Channel.place(team, event.text("channel").orElse(""), message.text("thread_ts"));
  }

  // ---- interactions

  private Optional<Delivery> pressed(Fields payload) {
    Optional<String> team = installed(payload);
    Fields action =
        payload.itemsAt("actions").stream()
            .flatMap(one -> one instanceof Fields f ? Stream.of(f) : Stream.empty())
            .findFirst()
            .orElse(Fields.EMPTY);
    boolean link = action.text("url").isPresent();
    if (team.isEmpty() || link || !action.text("type").equals(Optional.of("button"))) {
      return Optional.empty();
    }
    Fields container = payload.fieldsAt("container");
    boolean whispered = container.get("is_ephemeral").equals(Optional.of(Value.bool(true)));
    String message = container.text("message_ts").orElse("");
    Place place =
        Channel.place(
            team.get(),
            channel(payload, container),
            container
                .text("thread_ts")
                .or(() -> payload.fieldsAt("message").text("thread_ts"))
                .filter(thread -> !thread.equals(message))
                .or(() -> Rows.thread(action.text("block_id").orElse(""))));
    Speaker speaker = person(team.get(), payload);
    String id =
        payload.text("trigger_id").orElse(message) + ":" + action.text("action_ts").orElse("");
    var inbound =
        new Inbound.Pressed(
            "pressed:" + team.get() + ":" + id,
            speaker,
            place,
            whispered ? "" : message,
            action.text("value").orElse(""),
            clock.instant());
    return Optional.of(new Delivery(inbound, occasion(payload)));
  }

  private static String channel(Fields payload, Fields container) {
    return payload.fieldsAt("channel").text("id").or(() -> container.text("channel_id")).orElse("");
  }

  private Occasion occasion(Fields payload) {
    return new Occasion(payload.text("trigger_id"), payload.text("response_url"), clock.instant());
  }

  private Optional<Delivery> submitted(Fields payload) {
    Optional<String> team = installed(payload);
    Fields view = payload.fieldsAt("view");
    if (team.isEmpty() || !view.text("callback_id").equals(Optional.of(FormView.ID))) {
      return Optional.empty();
    }
    Fields kept =
        view.text("private_metadata")
            .filter(text -> text.startsWith("{"))
            .map(Payload::read)
            .orElse(Fields.EMPTY);
    Place place = Channel.place(team.get(), kept.text("channel").orElse(""), kept.text("thread"));
    Map<String, String> answers = FormView.answers(view);
    var inbound =
        new Inbound.Submitted(
            "submitted:" + team.get() + ":" + view.text("id").orElse(""),
            person(team.get(), payload),
            place,
            kept.text("token").orElse(""),
            answers,
            clock.instant());
    return Optional.of(new Delivery(inbound, occasion(payload)));
  }

  private Optional<Delivery> command(Fields payload) {
    Optional<String> team = payload.text("team_id").filter(settings.workspaces()::containsKey);
    if (team.isEmpty()) {
      return Optional.empty();
    }
    Place place =
        Channel.place(team.get(), payload.text("channel_id").orElse(""), Optional.empty());
    String words = Heard.words(payload.text("text").orElse(""), web.identity(team.get()).user());
    var inbound =
        new Inbound.Said(
            "command:" + team.get() + ":" + payload.text("trigger_id").orElse(""),
            speakers.of(team.get(), payload.text("user_id").orElse("")),
            place,
            "",
            words.isBlank() ? "/parley help" : "/parley " + words,
            true,
            clock.instant());
    return Optional.of(new Delivery(inbound, occasion(payload)));
  }

  /**
   * The workspace that an interaction happened in: that of our own message, since in a shared
   * channel the payload's is that of whoever pressed, and in an enterprise it may be missing; where
   * nothing names one of ours, the only one.
   */
  private Optional<String> installed(Fields payload) {
    Fields message = payload.fieldsAt("message");
    return Stream.of(
            message.fieldsAt("bot_profile").text("team_id"),
            message.text("team"),
            payload.fieldsAt("view").text("app_installed_team_id"),
            payload.fieldsAt("team").text("id"),
            payload.fieldsAt("user").text("team_id"))
        .flatMap(Optional::stream)
        .filter(settings.workspaces()::containsKey)
        .findFirst()
        .or(
            () ->
                settings.workspaces().size() == 1
                    ? settings.workspaces().keySet().stream().findFirst()
                    : Optional.empty());
  }

  private Speaker person(String team, Fields payload) {
    return speakers.of(team, payload.fieldsAt("user").text("id").orElse(""));
  }

  private Instant instant(String ts) {
    return TIMESTAMP.matcher(ts).matches()
        ? Instant.ofEpochMilli(new BigDecimal(ts).movePointRight(3).longValue())
        : clock.instant();
  }
}
