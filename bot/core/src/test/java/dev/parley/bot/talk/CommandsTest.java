package dev.parley.bot.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandsTest {
  @Test
  void commands_are_known_by_their_words() {
    assertThat(Commands.parse("approve P-42")).contains(new Command.Approve("p-42"));
    assertThat(Commands.parse("reject p-42 because it is dear"))
        .contains(new Command.Reject("p-42", "it is dear"));
    assertThat(Commands.parse("plan two buckets")).contains(new Command.Plan("two buckets"));
    assertThat(Commands.parse("cancel")).contains(new Command.Cancel(Optional.empty()));
    assertThat(Commands.parse("retry r-3")).contains(new Command.Retry(Optional.of("r-3")));
    assertThat(Commands.parse("rollback r-17")).contains(new Command.RollBack("r-17"));
    assertThat(Commands.parse("sparql SELECT * WHERE { ?s ?p ?o }"))
        .contains(new Command.Sparql("SELECT * WHERE { ?s ?p ?o }"));
    assertThat(Commands.parse("keep as Web-Shop")).contains(new Command.Keep("web-shop"));
    assertThat(Commands.parse("rules aws-s3-001"))
        .contains(new Command.Rules(Optional.of("AWS-S3-001")));
    assertThat(Commands.parse("/parley status")).contains(new Command.Status());
  }

  @Test
  void break_glass_names_a_plan_and_may_be_written_out_where_there_are_no_forms() {
    assertThat(Commands.parse("break-glass P-42"))
        .contains(new Command.BreakGlass("p-42", Optional.empty()));
    assertThat(Commands.parse("/parley break-glass p-42 in eu-prod because the shop is down"))
        .contains(
            new Command.BreakGlass(
                "p-42", Optional.of(new Command.GlassForm("eu-prod", "the shop is down"))));
    assertThat(Commands.parse("break-glass"))
        .contains(new Command.Misused("break-glass p-42", "It names no plan"));
    assertThat(Commands.parse("review p-42.")).contains(new Command.Review("p-42"));
    assertThat(Commands.parse("review the plan again")).isEmpty();
  }

  @Test
  void a_waiver_may_name_where_and_how_long() {
    assertThat(Commands.parse("waive AWS-EC2-007 on web-1 for 3 days because of a demo"))
        .contains(new Command.Waive("AWS-EC2-007", Optional.of("web-1"), 3, "of a demo"));
    assertThat(Commands.parse("waive AWS-EC2-007 because of a demo"))
        .contains(new Command.Waive("AWS-EC2-007", Optional.empty(), 7, "of a demo"));
    assertThat(Commands.parse("waive AWS-EC2-007").orElseThrow())
        .isInstanceOf(Command.Misused.class);
    assertThat(Commands.parse("waive AWS-EC2-007 for 400 days because").orElseThrow())
        .isInstanceOf(Command.Misused.class);
  }

  @Test
  void free_text_stays_free_even_if_it_begins_like_a_command() {
    for (String text :
        List.of(
            "show me what depends on vpc-main",
            "two web servers",
            "use the cheapest cloud",
            "cancel the old queue",
            "what does team shop cost?",
            "keep it small",
            "status of the database?",
            "delete the old one",
            "diff between them")) {
      assertThat(Commands.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void no_free_text_is_ever_an_approval() {
    for (String text :
        List.of(
            "approve",
            "approve it",
            "approve!",
            "LGTM",
            "lgtm!",
            "looks good to me",
            "ship it",
            "ok, do it",
            "yes, approved",
            ":+1:",
            "👍",
            "reject",
            "go ahead",
            "break glass p-1",
            "break the glass, the shop is down",
            "break-glass now",
            "please approve the plan",
            "approve please")) {
      Optional<Command> command = Commands.parse(text);
      assertThat(
              command
                  .map(c -> c instanceof Command.Approve || c instanceof Command.Reject)
                  .orElse(false))
          .as(text)
          .isFalse();
    }
    assertThat(Commands.parse("approve")).contains(new Command.Decisive("approve"));
    assertThat(Commands.parse("LGTM")).contains(new Command.Decisive("LGTM"));
  }

  @Test
  void an_incomplete_command_says_how_it_goes() {
    assertThat(Commands.parse("reject p-1"))
        .contains(new Command.Misused("reject p-1 <why>", "A rejection says why"));
    assertThat(Commands.parse("/dance"))
        .contains(new Command.Misused("help", "There is no command `dance`"));
  }
}
