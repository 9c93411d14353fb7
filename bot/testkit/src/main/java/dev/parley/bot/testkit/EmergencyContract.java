package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.approval.Approval;
import dev.parley.approval.BreakGlass;
import dev.parley.approval.Vote;
import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Speaker;
import dev.parley.policy.BreakGlassRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Break-glass as people meet it: only by its form, with a reason and the environment's name, by
 * whom the configuration names, and followed by a review. Erin may, where a test says so; bob and
 * carol are the owners.
 */
abstract class EmergencyContract extends PlatformContract {
  private static final String BUTTON = "Break the glass";

  private void allowed(String... users) {
    engine.allowBreakGlass(
        new BreakGlassRule(
            Set.of(), Set.of(users), false, List.of("bob", "carol"), Duration.ofHours(24)));
  }

  private void waiting() {
    say("ann", "t1", "bucket one in production");
    assertThat(rig.shown("t1")).contains("p-1 v1", "production");
  }

  /** By the command, the button it shows, and the form that opens. */
  private void broken() {
    say("erin", "t1", "break-glass p-1");
    rig.pressAndFill("erin", "t1", BUTTON, "the shop is down", "production");
    quiet();
  }

  private void whole() {
    assertThat(engine.minted()).isZero();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes()).isEmpty();
  }

  @Test
  void break_glass_that_is_not_configured_says_so_and_how_it_would_be() {
    waiting();
    say("erin", "t1", "break-glass p-1");
    assertThat(rig.privately("erin"))
        .contains("Break-glass is not switched on", "breakGlass:", "nothing changed");
    whole();
  }

  @Test
  void the_command_only_shows_what_breaking_the_glass_would_mean() {
    allowed("erin");
    waiting();
    say("erin", "t1", "break-glass p-1");
    assertThat(rig.privately("erin"))
        .contains("Break the glass for p-1 v1?", "+1 to create", "2 more approvers", "bob, carol");
    whole();
  }

  @Test
  void break_glass_by_its_form_approves_alone_and_every_card_says_so() {
    allowed("erin");
    waiting();
    broken();
    assertThat(engine.receipt(People.TENANT, "rc-1").orElseThrow().breakGlass().orElseThrow())
        .extracting(BreakGlass::user, BreakGlass::reason, BreakGlass::environment)
        .containsExactly("erin", "the shop is down", "production");
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().votes())
        .singleElement()
        .extracting(Vote::means)
        .isEqualTo(Vote.Means.BREAK_GLASS);
    assertThat(rig.privately("erin")).contains("You broke the glass for p-1 v1");
    assertThat(rig.shown("t1"))
        .contains(
            "BREAK-GLASS: erin",
            "the shop is down",
            "Approved by break-glass by erin",
            "not by the usual 2 of 2",
            "Receipt rc-1",
            "r-1 succeeded");
    assertThat(rig.buttons("t1")).doesNotContain("Approve");
    assertThat(engine.minted()).isOne();
  }

  @Test
  void a_wrong_name_of_the_environment_is_answered_and_changes_nothing() {
    allowed("erin");
    waiting();
    say("erin", "t1", "break-glass p-1");
    for (String name : List.of("Production", "prod", "development")) {
      rig.pressAndFill("erin", "t1", BUTTON, "the shop is down", name);
      quiet();
    }
    assertThat(rig.privately("erin").split("that is not where p-1 runs", -1)).hasSizeGreaterThan(3);
    whole();
    rig.pressAndFill("erin", "t1", BUTTON, "the shop is down", "production");
    quiet();
    assertThat(engine.minted()).isOne();
  }

  @Test
  void words_and_emoji_never_break_the_glass() {
    allowed("erin", "bob");
    waiting();
    for (String words :
        List.of(
            "break glass",
            "break the glass for p-1, the shop is down in production",
            "break-glass now!",
            "break-glass p-1 in production because the shop is down")) {
      say("erin", "t1", words);
    }
    rig.emoji("bob", "t1", "+1");
    quiet();
    whole();
  }

  @Test
  void only_who_is_named_for_it_gets_the_form() {
    allowed("ann");
    waiting();
    for (String who : List.of("vic", "bob", "erin")) {
      say(who, "t1", "break-glass p-1");
      assertThat(rig.privately(who))
          .as(who)
          .contains("You may not break the glass")
          .doesNotContain("Break the glass for");
    }
    say("ann", "t1", "break-glass p-1");
    assertThat(rig.privately("ann")).contains("not for one's own requests");
    say("mallory", "t1", "break-glass p-1");
    assertThat(rig.privately("mallory")).contains("not linked");
    for (Speaker.Kind kind : List.of(Speaker.Kind.BOT, Speaker.Kind.GUEST, Speaker.Kind.EXTERNAL)) {
      rig.sayAs(kind, "erin", "t1", "break-glass p-1");
      quiet();
    }
    whole();
  }

  @Test
  void break_glass_is_not_for_what_the_rules_deny_or_what_is_decided() {
    allowed("erin");
    say("ann", "t1", "bucket one public in production");
    say("erin", "t1", "break-glass p-1");
    assertThat(rig.privately("erin")).contains("blocked by TST-PUB-001");
    say("ann", "t2", "bucket two in production");
    press("ann", "t2", "Discard");
    say("erin", "t2", "break-glass p-2");
    assertThat(rig.privately("erin")).contains("It is discarded");
    say("erin", "t2", "break-glass p-9");
    assertThat(rig.privately("erin")).contains("No plan p-9");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void break_glass_does_not_carry_a_plan_over_rules_that_moved() {
    allowed("erin");
    waiting();
    say("erin", "t1", "break-glass p-1");
    engine.moveRules();
    rig.pressAndFill("erin", "t1", BUTTON, "the shop is down", "production");
    quiet();
    assertThat(rig.privately("erin")).contains("out of date");
    assertThat(rig.shown("t1")).contains("p-1 v2");
    assertThat(engine.minted()).isZero();
  }

  @Test
  void the_form_of_a_superseded_revision_changes_nothing() {
    allowed("erin");
    waiting();
    say("erin", "t1", "break-glass p-1");
    say("ann", "t1", "also bucket two in production");
    rig.pressAndFill("erin", "t1", BUTTON, "the shop is down", "production");
    quiet();
    assertThat(rig.privately("erin")).contains("out of date; nothing changed");
    whole();
  }

  @Test
  void nobody_breaks_the_glass_from_where_nothing_is_decided() {
    allowed("erin");
    waiting();
    rig.sayDirectly("erin", "break-glass p-1");
    quiet();
    say("erin", "t1", "break-glass p-1");
    restart(settings().withGrounds(_ -> Ground.STRANGE));
    say("erin", "t1", "break-glass p-1");
    assertThat(rig.privately("erin")).contains("This channel is not bound");
    whole();
    assertThat(engine.approval(People.TENANT, "p-1").orElseThrow().state())
        .isEqualTo(Approval.State.OPEN);
  }

  @Test
  void the_owners_are_told_each_alone_and_in_the_thread() {
    allowed("erin");
    waiting();
    broken();
    for (String owner : List.of("bob", "carol")) {
      assertThat(rig.privately(owner))
          .as(owner)
          .contains("erin broke the glass for p-1 v1", "the shop is down", "review p-1");
      assertThat(rig.shown("t1")).containsAnyOf("@" + owner, "<@" + People.numbered(owner) + ">");
    }
    assertThat(rig.buttons("t1")).contains("Reviewed");
  }

  @Test
  void an_owner_reviews_it_by_the_button_and_once_is_enough() {
    allowed("erin");
    waiting();
    broken();
    press("erin", "t1", "Reviewed");
    assertThat(rig.privately("erin")).contains("You broke this glass yourself");
    press("ann", "t1", "Reviewed");
    assertThat(rig.privately("ann")).contains("You are not an owner");
    assertThat(engine.emergencies(People.TENANT).getFirst().review()).isEmpty();
    restart(settings());
    quiet();
    press("bob", "t1", "Reviewed");
    assertThat(engine.emergencies(People.TENANT).getFirst().review().orElseThrow().user())
        .isEqualTo("bob");
    assertThat(rig.shown("t1")).contains("Reviewed by bob");
    assertThat(rig.buttons("t1")).doesNotContain("Reviewed");
    say("carol", "t1", "review p-1");
    assertThat(rig.privately("carol")).contains("It is reviewed already");
  }

  @Test
  void a_review_that_is_late_is_reminded_of_once() {
    allowed("erin");
    waiting();
    broken();
    clock.advance(Duration.ofHours(23));
    bot.tick();
    quiet();
    assertThat(rig.shown("t1")).doesNotContain("is not reviewed");
    clock.advance(Duration.ofHours(2));
    bot.tick();
    bot.tick();
    quiet();
    assertThat(rig.shown("t1").split("The break-glass for p-1 v1 is not reviewed", -1)).hasSize(2);
    say("bob", "t1", "review p-1");
    assertThat(rig.shown("t1")).contains("Reviewed by bob");
  }
}
