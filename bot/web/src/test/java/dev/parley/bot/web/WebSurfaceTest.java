package dev.parley.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.testkit.Rig;
import dev.parley.bot.testkit.SurfaceContract;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebSurfaceTest extends SurfaceContract {
  private final Map<String, String> threads = new HashMap<>();

  @Override
  protected Rig rig() {
    return new WebRig(engine, clock, threads);
  }

  @Test
  void a_press_on_an_unknown_token_is_taken_and_told_out_of_date() {
    rig.say("ann", "t1", "bucket one");
    bot.quiet(Duration.ofSeconds(10));
    PageClient client = ((WebRig) rig).client();
    client.done(
        "api/press",
        Fields.of("as", Value.text("bob"))
            .with("thread", Value.text(threads.get("t1")))
            .with("token", Value.text("no-such.0")));
    bot.quiet(Duration.ofSeconds(10));
    assertThat(rig.privately("bob")).contains("out of date");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void a_plan_card_has_its_picture_under_a_url_of_its_own() {
    rig.say("ann", "t1", "3 buckets three");
    bot.quiet(Duration.ofSeconds(10));
    PageClient client = ((WebRig) rig).client();
    Fields picture =
        client.json("api/threads/" + threads.get("t1")).itemsAt("postings").stream()
            .map(posting -> ((Fields) posting).fieldsAt("card"))
            .flatMap(card -> card.itemsAt("parts").stream())
            .map(part -> (Fields) part)
            .filter(part -> part.text("kind").filter("Image"::equals).isPresent())
            .findFirst()
            .orElseThrow();
    var answer = client.get(picture.text("url").orElseThrow());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(PageClient.text(answer)).startsWith("<svg").contains("three-1");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("sandbox")
        .contains("default-src 'none'");
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/svg+xml");
  }

  @Test
  void the_thread_list_tells_how_each_stands() {
    rig.say("ann", "t1", "bucket one");
    bot.quiet(Duration.ofSeconds(10));
    rig.say("ann", "t2", "what exists?");
    bot.quiet(Duration.ofSeconds(10));
    rig.press("bob", "t1", "Approve");
    bot.quiet(Duration.ofSeconds(10));
    var list = ((WebRig) rig).client().json("api/threads").itemsAt("threads");
    assertThat(list).hasSize(2);
    Fields first = (Fields) list.getFirst();
    assertThat(first.text("title")).contains("bucket one");
    assertThat(first.text("state")).contains("succeeded");
    assertThat(((Fields) list.getLast()).text("state")).contains("");
  }
}
