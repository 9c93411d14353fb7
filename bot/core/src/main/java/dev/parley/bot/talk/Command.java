package dev.parley.bot.talk;

import java.util.Optional;

/** A message that is a command: the same words on every surface. */
sealed interface Command {
  record Plan(String text) implements Command {}

  record Show(String plan) implements Command {}

  record Diff(String plan) implements Command {}

  record Approve(String plan) implements Command {}

  record Reject(String plan, String reason) implements Command {}

  /**
   * Asks for the form that stands in for the approvers in an emergency.
   *
   * @param form what the form asks, written out, for where there are no forms
   */
  record BreakGlass(String plan, Optional<GlassForm> form) implements Command {}

  /** What is filled in to break the glass. */
  record GlassForm(String environment, String reason) {}

  /** An owner has looked at a break-glass. */
  record Review(String plan) implements Command {}

  record Discard(String plan) implements Command {}

  record Cancel(Optional<String> run) implements Command {}

  record Retry(Optional<String> run) implements Command {}

  record RollBack(String run) implements Command {}

  record Status() implements Command {}

  record Ask(String question) implements Command {}

  record Sparql(String query) implements Command {}

  record Waive(String rule, Optional<String> on, int days, String reason) implements Command {}

  record Keep(String name) implements Command {}

  record Blueprints() implements Command {}

  record Rules(Optional<String> id) implements Command {}

  record Waivers() implements Command {}

  record Receipt(String plan) implements Command {}

  record Audit() implements Command {}

  record Cloud(CloudCommand command) implements Command {}

  record Use(String account) implements Command {}

  /**
   * @param code empty to get one
   * @param as the user; empty means whoever says it
   */
  record Link(Optional<String> code, Optional<String> as) implements Command {}

  /**
   * @param person empty means whoever says it
   */
  record Unlink(Optional<String> person) implements Command {}

  record WhoAmI() implements Command {}

  record Help() implements Command {}

  /** A command's word with something wrong behind it. */
  record Misused(String usage, String why) implements Command {}

  /** Words that sound like a decision, and are none. */
  record Decisive(String words) implements Command {}
}
