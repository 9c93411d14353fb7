package dev.parley.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.slack.fake.FakeSlack;
import dev.parley.bot.slack.fake.FakeUser;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever comes is acknowledged: payloads with anything missing, empty, huge or of another type.
 */
class SlackFuzzTest {
  private static final FakeSlack SLACK = new FakeSlack();
  private static final SlackSurface SURFACE =
      SlackSurface.open(SlackRig.settings(SLACK), Clock.systemUTC());

  /** The names that a payload can have, with what usually stands there. */
  private static final List<String> NAMES =
      List.of(
          "team",
          "user",
          "channel",
          "container",
          "message",
          "previous_message",
          "actions",
          "view",
          "event",
          "item",
          "item_user",
          "authorizations",
          "text",
          "ts",
          "thread_ts",
          "event_ts",
          "deleted_ts",
          "edited",
          "subtype",
          "bot_id",
          "bot_profile",
          "files",
          "state",
          "values",
          "private_metadata",
          "callback_id",
          "trigger_id",
          "response_url",
          "block_id",
          "value",
          "reaction",
          "channel_id",
          "user_id",
          "team_id",
          "command",
          "enterprise",
          "is_ephemeral",
          "id",
          "type");

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "message",
          "app_mention",
          "message_changed",
          "message_deleted",
          "file_share",
          "bot_message",
          "thread_broadcast",
          "tombstone",
          "reaction_added",
          "button",
          "parley.form",
          "parley.form.x",
          "parley:1.1:z",
          "parley:",
          "{",
          "{\"channel\":7}",
          "1700000000.000100",
          "-1",
          "1e999999999",
          "<@U0ANN> <<<>>> &lt",
          "U0ANN",
          "C1",
          "D1",
          "@",
          "http://[",
          "/parley",
          FakeSlack.TEAM);

  @BeforeContainer
  static void open() {
    SLACK.channel("C1", FakeSlack.TEAM);
    SLACK.add(FakeUser.member("U0ANN", FakeSlack.TEAM));
    SURFACE.start(_ -> {});
  }

  @AfterContainer
  static void close() {
    SURFACE.close();
    SLACK.close();
  }

  @Provide
  Arbitrary<Fields> payloads() {
    return Combinators.combine(
            Arbitraries.of(
                "event_callback",
                "block_actions",
                "view_submission",
                "view_closed",
                "shortcut",
                "message_action",
                "block_suggestion",
                "never_heard_of"),
            object(3),
            object(2))
        .as(
            (type, outer, inner) -> {
              Fields event = inner.with("channel", inner.get("channel").orElse(Value.text("C1")));
              return outer
                  .with("type", Value.text(type))
                  .with("team_id", Value.text(FakeSlack.TEAM))
                  .with("event", event)
                  .with("actions", Items.of(inner.with("type", Value.text("button"))));
            });
  }

  private static Arbitrary<Fields> object(int deep) {
    return Combinators.combine(Arbitraries.of(NAMES), value(deep))
        .as(Tuple::of)
        .list()
        .ofMaxSize(8)
        .map(
            pairs -> {
              Fields out = Fields.EMPTY;
              for (Tuple.Tuple2<String, Value> pair : pairs) {
                out = out.with(pair.get1(), pair.get2());
              }
              return out;
            });
  }

  private static Arbitrary<Value> value(int deep) {
    Arbitrary<Value> leaf =
        Arbitraries.oneOf(
            Arbitraries.of(TEXTS).map(Value::text),
            Arbitraries.integers().between(1, 30_000).map(n -> Value.text("x<".repeat(n))),
            Arbitraries.of(true, false).map(Value::bool),
            Arbitraries.longs().map(Value::num),
            Arbitraries.just(Value.NULL));
    return deep == 0
        ? leaf
        : Arbitraries.frequencyOf(
            Tuple.of(4, leaf),
            Tuple.of(3, object(deep - 1).map(Value.class::cast)),
            Tuple.of(1, value(deep - 1).list().ofMaxSize(3).map(Items::new)));
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void every_envelope_is_acknowledged(
      @ForAll("payloads") Fields payload, @ForAll boolean interactive) {
    String type =
        payload.get("command").isPresent()
            ? "slash_commands"
            : interactive ? "interactive" : "events_api";
    assertThat(SLACK.sendUnacknowledged(FakeSlack.TEAM, type, payload))
        .as(Json.write(payload))
        .isTrue();
  }
}
