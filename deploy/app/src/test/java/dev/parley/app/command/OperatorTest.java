package dev.parley.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.house.Chats;
import dev.parley.app.house.Front;
import dev.parley.app.house.Installation;
import dev.parley.app.settings.Settings;
import dev.parley.bot.link.Links;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.engine.json.Json;
import dev.parley.identity.Person;
import dev.parley.value.Value.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line beside a Parley that runs, through the operator's door, and without one. */
class OperatorTest {
  private static final Person STRANGER = new Person("slack", "T1", "U9");

  @TempDir Path home;
  private final HttpClient http = HttpClient.newHttpClient();
  private Installation house;

  @BeforeEach
  void configuration() throws IOException {
    Files.writeString(
        home.resolve("parley.yaml"),
        """
        data: kept
        tenants:
          acme:
            users: {kim: {roles: [operator], people: ["slack:T1:U1"]}}
            accounts: {dev: {provider: sandbox, family: aws, region: eu-west-1}}
          globex:
            users: {lee: {roles: [operator], people: ["slack:T1:U2"]}}
            accounts: {dev: {provider: sandbox, family: gcp, region: europe-west1}}
        surfaces: {web: {enabled: false}, console: {enabled: false}}
        probes: {bind: 127.0.0.1, port: 0}
        """);
  }

  @AfterEach
  void stop() {
    if (house != null) {
      house.close();
    }
    http.close();
  }

  @Test
  void probes_are_answered_without_a_key_and_tell_strangers_no_details() throws Exception {
    Front front = serve();
    HttpResponse<String> own = get(front.base().resolve("healthz"), Optional.empty());
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(((Fields) Json.parse(own.body())).text("state")).contains("ok");
    assertThat(own.body())
        .contains("\"part\":\"store\"", "\"part\":\"account acme/dev\"", "detail");
    URI other = URI.create("http://127.0.0.1:" + front.probes().orElseThrow() + "/");
    assertThat(get(other.resolve("livez"), Optional.empty()).body()).isEqualTo("alive\n");
    assertThat(get(other.resolve("healthz"), Optional.empty()).body())
        .contains("\"part\":\"store\"")
        .doesNotContain("detail");
    assertThat(get(other.resolve("operator/audit"), Optional.of(front.key())).statusCode())
        .isEqualTo(404);
  }

  @Test
  void nothing_else_is_answered_without_the_key() throws Exception {
    Front front = serve();
    for (String path : List.of("operator/audit", "operator/doctor", "sparql?query=ASK%7B%7D", "")) {
      URI asked = front.base().resolve(path);
      assertThat(get(asked, Optional.empty()).statusCode()).as(path).isEqualTo(401);
      assertThat(get(asked, Optional.of("guess")).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("kept/running.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_code_is_turned_into_a_link_beside_a_parley_that_runs_and_the_audit_log_has_it()
      throws Exception {
    serve();
    Said said = parley("link", code("globex"), "--user", "lee");
    assertThat(said.out()).isEqualTo("linked: slack:T1:U9 is lee\n");
    assertThat(house.engine().directory().user("globex", STRANGER).orElseThrow().id())
        .isEqualTo("lee");
    assertThat(house.engine().directory().user("acme", STRANGER)).isEmpty();
    assertThat(parley("audit", "list", "--tenant", "globex").out())
        .contains("operator  linked a person  slack:T1:U9 as lee");
    assertThat(parley("audit", "list").out()).doesNotContain("linked");
    assertThat(parley("audit", "verify", "--tenant", "globex").out()).startsWith("intact: ");
  }

  @Test
  void a_code_is_turned_into_a_link_where_nothing_runs() throws Exception {
    String code;
    try (var one = Installation.open(settings())) {
      house = one;
      code = code("acme");
    }
    house = null;
    assertThat(parley("link", code, "--user", "kim").code()).isZero();
    house = Installation.open(settings());
    assertThat(house.engine().directory().user("acme", STRANGER).orElseThrow().id())
        .isEqualTo("kim");
  }

  @Test
  void a_code_works_once_and_for_a_user_that_is_known() throws Exception {
    serve();
    String code = code("acme");
    assertThat(parley("link", code, "--user", "nobody"))
        .matches(said -> said.code() == 2)
        .extracting(Said::err)
        .asString()
        .contains("--user", "nobody", "known: kim");
    assertThat(parley("link", code, "--user", "kim").code()).isZero();
    assertThat(parley("link", code, "--user", "kim").err()).contains("not good", "say `link`");
    assertThat(parley("link", code("acme"), "--user", "kim").err())
        .contains("linked already, as kim");
  }

  @Test
  void doctor_and_sparql_ask_the_parley_that_runs() throws Exception {
    serve();
    Said doctor = parley("doctor");
    assertThat(doctor.out()).contains("as the Parley that runs here sees it", "ok      store");
    assertThat(doctor.code()).isZero();
    String query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }";
    assertThat(parley("sparql", query, "--tenant", "globex").out()).startsWith("n");
    assertThat(parley("sparql", query, "--tenant", "initech").code()).isEqualTo(2);
  }

  private String code(String tenant) {
    return new Links(house.engine().store(), tenant, Clock.systemUTC(), () -> "random")
        .code(STRANGER);
  }

  private Settings settings() {
    return Configured.read(home.resolve("parley.yaml"));
  }

  private Front serve() throws IOException {
    house = Installation.open(settings());
    Bot bot = house.bot(BotSettings.of("acme"));
    Front front = Front.open(house, "acme", bot, new Chats.Opened(List.of(), List.of()));
    Running.note(home.resolve("kept"), ProcessHandle.current().pid(), front);
    return front;
  }

  private HttpResponse<String> get(URI uri, Optional<String> key) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    key.ifPresent(one -> request.header("Authorization", "Bearer " + one));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private record Said(int code, String out, String err) {}

  private Said parley(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    int code;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      var all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--config", home.resolve("parley.yaml").toString()));
      code = ParleyCommand.line().execute(all.toArray(String[]::new));
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
