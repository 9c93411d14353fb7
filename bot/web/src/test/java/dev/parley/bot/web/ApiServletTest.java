package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.testkit.People;
import dev.parley.bot.testkit.ScriptedEngine;
import dev.parley.engine.json.Json;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServletTest {
  private static final String EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final List<Inbound> heard = new CopyOnWriteArrayList<>();
  private ScriptedEngine engine;
  private WebSurface surface;
  private PageServer server;
  private PageClient client;

  @BeforeEach
  void start() {
    engine = new ScriptedEngine(new MemoryStore(new MemoryJournal(clock)), clock);
    surface =
        new WebSurface(
            clock, () -> UUID.randomUUID().toString(), text -> text.replace("hush", "•••"));
    surface.start(heard::add);
    server =
        new PageServer(
            new WebPage(
                    engine, People.TENANT, surface, List.copyOf(new People().users(People.TENANT)))
                .servlets());
    client = new PageClient(server.at());
  }

  @AfterEach
  void stop() {
    surface.close();
    client.close();
    server.close();
    engine.close();
  }

  private static Fields as(String person) {
    return Fields.of("as", Value.text(person));
  }

  private static Value text(String text) {
    return Value.text(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One JSON error, and nothing was done. */
  private void refused(HttpResponse<byte[]> answer, int status, String... why) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    Fields error = PageClient.fields(answer);
    assertThat(error.fields().keySet()).containsExactly("error");
    assertThat(error.text("error").orElseThrow()).contains(why);
    assertThat(heard).isEmpty();
    assertThat(surface.board().threads()).isEmpty();
  }

  @Test
  void an_oversized_body_is_refused() {
    refused(
        client.post("api/say", as("ann").with("text", text("x".repeat(300_000)))),
        400,
        "more than 262144 bytes",
        "fewer words");
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() {
    byte[] broken = bytes("{\"as\":\"ann\",\"text\":\"bucket ?\"}");
    broken[broken.length - 3] = (byte) 0xC3;
    refused(client.send(client.posting("api/say", broken)), 400, "no UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"as\":\"ann\",",
        "{\"as\":\"ann\"} and more",
        "nul",
        "{\"as\":\"ann\",\"as\":\"bob\",\"text\":\"x\"}"
      })
  void malformed_json_is_refused(String body) {
    refused(client.send(client.posting("api/say", bytes(body))), 400, "JSON");
  }

  @Test
  void json_nested_without_end_is_refused() {
    refused(client.send(client.posting("api/say", bytes("[".repeat(100_000)))), 400, "JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"ann\"", "null", "7"})
  void json_that_is_no_object_is_refused(String body) {
    refused(client.send(client.posting("api/say", bytes(body))), 400, "an object is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp"
      })
  void another_content_type_is_refused(String type) {
    var request =
        client
            .request("api/say")
            .header("Content-Type", type)
            .header(LocalOnly.HEADER, "1")
            .POST(HttpRequest.BodyPublishers.ofString("{\"as\":\"ann\",\"text\":\"x\"}"));
    refused(client.send(request), 400, "Content-Type", "send application/json");
  }

  @Test
  void somebody_unknown_can_neither_speak_nor_listen() {
    refused(
        client.post("api/say", as("trudy").with("text", text("x"))),
        400,
        "trudy",
        "speak as one of: ann");
    refused(client.post("api/say", Fields.of("text", text("x"))), 400, "/as: missing");
    refused(client.get("api/events?as=trudy"), 400, "trudy");
  }

  @Test
  void a_message_thread_or_number_that_is_not_there_is_refused() {
    refused(
        client.post("api/say", as("ann").with("text", text("x")).with("thread", text("t-7"))),
        404,
        "no thread t-7");
    refused(
        client.post("api/press", as("ann").with("message", text("7")).with("token", text("x"))),
        404,
        "no message 7");
    refused(
        client.post("api/press", as("ann").with("thread", text("t-7")).with("token", text("x"))),
        404,
        "no thread t-7");
    refused(client.post("api/press", as("ann").with("token", text("x"))), 400, "/thread: missing");
    refused(
        client.post("api/press", as("ann").with("message", text("seven")).with("token", text("x"))),
        400,
        "number is expected");
    refused(
        client.post(
            "api/press", as("ann").with("message", text("9".repeat(40))).with("token", text("x"))),
        400,
        "number is expected");
    refused(
        client.post("api/react", as("ann").with("message", text("7")).with("emoji", text("+1"))),
        404,
        "no message 7");
    refused(
        client.post("api/submit", as("ann").with("thread", text("t-7")).with("token", text("x"))),
        404,
        "no thread t-7");
  }

  @Test
  void a_message_without_words_is_refused() {
    refused(
        client.post("api/say", as("ann").with("text", text(" \n "))), 400, "nothing but blanks");
    refused(client.post("api/say", as("ann").with("text", Value.num(7))), 400, "/text: missing");
  }

  @Test
  void an_emoji_or_delivery_of_another_shape_is_refused() {
    refused(
        client.post("api/react", as("ann").with("message", text("7")).with("emoji", text("<b>"))),
        400,
        "short name");
    refused(
        client.post(
            "api/say", as("ann").with("text", text("x")).with("delivery", text("a b c d e f"))),
        400,
        "/delivery");
    refused(
        client.post(
            "api/say", as("ann").with("text", text("x")).with("delivery", text("x".repeat(65)))),
        400,
        "/delivery");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api/",
        "api/nothing",
        "api/threads/t-7",
        "api/threads/t-7/x",
        "api/plans/p-99",
        "api/pictures/p-99",
        "api/receipts/rc-99",
        "api/receipts",
        "api/files/1/0",
        "api/files/x/y",
        "api/session/x",
        "api/key/..%2fx",
        "nothing.html",
        "app.js.map",
        "page/app.js"
      })
  void a_path_that_is_not_there_says_so(String path) {
    var answer = client.get(path);
    if (answer.statusCode()
        != 400) { // the server itself refuses ambiguous paths before any servlet
      refused(answer, 404, "not found");
    }
  }

  @Test
  void an_act_that_is_not_there_says_so() {
    refused(client.post("api/approve", as("ann")), 404, "no such act");
  }

  @Test
  void another_method_says_so() {
    refused(
        client.send(client.request("api/say").header(LocalOnly.HEADER, "1").DELETE()),
        405,
        "DELETE");
    refused(
        client.send(client.request("api/events?as=ann").header(LocalOnly.HEADER, "1").DELETE()),
        405,
        "DELETE");
    refused(
        client.send(client.request("index.html").header(LocalOnly.HEADER, "1").DELETE()),
        405,
        "DELETE");
  }

  @Test
  void nothing_is_taken_before_the_bot_is_there() {
    var early = new WebSurface(clock, () -> UUID.randomUUID().toString(), text -> text);
    try (var alone =
            new PageServer(
                new WebPage(
                        engine,
                        People.TENANT,
                        early,
                        List.copyOf(new People().users(People.TENANT)))
                    .servlets());
        var page = new PageClient(alone.at())) {
      refused(page.post("api/say", as("ann").with("text", text("x"))), 503, "not ready");
      assertThat(early.board().threads()).isEmpty();
    }
  }

  @Test
  void what_was_said_reaches_the_bot_whole_and_the_page_without_secrets() {
    Fields posting =
        client.done(
            "api/say",
            as("ann")
                .with("text", text("hush \uD83D\uDE00 ₹"))
                .with("delivery", text("delivery-1")));
    assertThat(posting.text("text")).contains("••• \uD83D\uDE00 ₹");
    assertThat(heard)
        .singleElement()
        .isInstanceOfSatisfying(
            Inbound.Said.class,
            said -> {
              assertThat(said.text()).isEqualTo("hush \uD83D\uDE00 ₹");
              assertThat(said.delivery()).isEqualTo("delivery-1");
              assertThat(said.speaker().person().id()).isEqualTo("ann");
              assertThat(said.place().thread()).isEqualTo(posting.text("thread"));
            });
  }

  @Test
  void half_a_character_becomes_the_replacement_character() {
    client.send(client.posting("api/say", bytes("{\"as\":\"ann\",\"text\":\"a\\ud800b\"}")));
    assertThat(heard)
        .singleElement()
        .isInstanceOfSatisfying(
            Inbound.Said.class, said -> assertThat(said.text()).isEqualTo("a\uFFFDb"));
  }

  @Test
  void new_threads_and_messages_never_bear_a_number_again_after_a_restart() {
    Fields before = client.done("api/say", as("ann").with("text", text("x")));
    clock.advance(Duration.ofMillis(5));
    var other = new WebSurface(clock, () -> UUID.randomUUID().toString(), text -> text);
    other.start(heard::add);
    Posting after = other.say("ann", Optional.empty(), "y", Optional.empty());
    assertThat(after.thread()).isNotEqualTo(before.text("thread").orElseThrow());
    assertThat(Value.num(after.id())).isNotEqualTo(before.get("id").orElseThrow());
  }

  @Test
  void what_people_wrote_is_told_as_text_and_never_as_markup() {
    Fields posting = client.done("api/say", as("ann").with("text", text(EVIL)));
    var answer = client.get("api/threads/" + posting.text("thread").orElseThrow());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    Fields told = (Fields) PageClient.fields(answer).itemsAt("postings").getFirst();
    assertThat(told.text("text")).contains(EVIL);
    assertThat(client.json("api/threads").toString()).contains("onerror");
  }

  @Test
  void a_picture_with_a_script_is_served_in_a_sandbox_and_other_files_are_only_saved() {
    String place =
        client.done("api/say", as("ann").with("text", text("x"))).text("thread").orElseThrow();
    var picture =
        new Part.Attachment(
            "a.svg",
            "image/svg+xml",
            bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            Optional.empty());
    var page =
        new Part.Attachment(
            "x\".html\r\nSet-Cookie: a=b",
            "text/html",
            bytes("<script>alert(1)</script>"),
            Optional.empty());
    List<Part> parts =
        List.of(
            new Part.Text(new Prose.Plain(EVIL)),
            new Part.Image(picture, "alt"),
            new Part.Attached(page));
    var card =
        new Card(
            Card.Stage.NOTICE, Card.Tone.NEUTRAL, "files", parts, List.of(), "files", Fields.EMPTY);
    var ref = surface.post(WebSurface.place(place), card, "key");

    var svg = client.get("api/files/" + ref.id() + "/1");
    assertThat(svg.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    assertThat(svg.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");

    var html = client.get("api/files/" + ref.id() + "/2");
    assertThat(html.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(html.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"x_.html__Set-Cookie__a_b\"");
    assertThat(html.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("sandbox");
    assertThat(html.headers().firstValue("Set-Cookie")).isEmpty();

    assertThat(client.get("api/files/" + ref.id() + "/0").statusCode()).isEqualTo(404);
    assertThat(client.get("api/files/" + ref.id() + "/3").statusCode()).isEqualTo(404);
    Fields told = (Fields) client.json("api/threads/" + place).itemsAt("postings").getLast();
    assertThat(told.fieldsAt("card").itemsAt("parts"))
        .extracting(part -> ((Fields) part).text("url").orElse(""))
        .containsExactly("", "api/files/" + ref.id() + "/1", "api/files/" + ref.id() + "/2");
    assertThat(Json.write(told)).doesNotContain("bytes");
  }

  @Test
  void the_page_lets_nobody_speak_who_is_no_demo_identity() {
    var real =
        List.of(new User(People.TENANT, "ann", "Ann", Set.of(Role.OPERATOR), Set.of(), false));
    assertThatThrownBy(() -> new WebPage(engine, People.TENANT, surface, real))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no login");
  }
}
