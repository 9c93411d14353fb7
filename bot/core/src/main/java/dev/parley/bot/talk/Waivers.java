package dev.parley.bot.talk;

import dev.parley.approval.Proposal;
import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.Finding;
import dev.parley.resource.Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waivers: asked for by one person, granted or declined by another. */
final class Waivers {
  private static final List<String> GRANTING = List.of("security", "finops");

  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Talks talks;
  private final Lanes lanes;
  private final Decisions decisions;

  Waivers(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Talks talks,
      Lanes lanes,
      Decisions decisions) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.talks = talks;
    this.lanes = lanes;
    this.decisions = decisions;
  }

  /** Puts a waiver to those who may grant it. */
  void ask(Inbound from, Talk talk, User user, Command.Waive waive) {
    Optional<Proposal> latest = engine.latest(settings.tenant(), talk.thread());
    if (latest.isEmpty()) {
      voice.whisper(
          from,
          Notice.warn(
              "There is no plan in this thread",
              "A waiver holds a rule back for a plan: plan something first."));
      return;
    }
    List<Finding> hit =
        latest.get().verdict().findings().stream()
            .filter(f -> f.active() && f.rule().equalsIgnoreCase(waive.rule()))
            .toList();
    if (hit.isEmpty()) {
      String found =
          String.join(
              ", ",
              latest.get().verdict().findings().stream()
                  .filter(Finding::active)
                  .map(Finding::rule)
                  .distinct()
                  .toList());
      voice.whisper(
          from,
          Notice.warn(
              waive.rule() + " does not hold this plan back",
              found.isEmpty() ? "No rule does." : "These do: " + found + "."));
      return;
    }
    Optional<String> on = addresses(latest.get(), hit, waive.on());
    if (on.isEmpty()) {
      String all =
          String.join(
              ", ",
              hit.stream()
                  .flatMap(f -> f.address().stream())
                  .map(Address::name)
                  .distinct()
                  .toList());
      voice.whisper(
          from,
          Notice.warn(
              "Say for which resource",
              "`"
                  + waive.rule()
                  + "` found something on "
                  + all
                  + ": say `waive "
                  + waive.rule()
                  + " on <name> because …`, or `on *` for all."));
      return;
    }
    var wish =
        new WaiverWish(
            latest.get().plan().id(),
            hit.getFirst().rule(),
            on.get(),
            waive.days(),
            waive.reason(),
            user.id());
    String text =
        user.id()
            + " asks to hold "
            + wish.rule()
            + " back on "
            + wish.addresses()
            + " for "
            + wish.days()
            + " days: "
            + wish.reason();
    var parts =
        List.of(
            Part.text(text),
            Part.text(
                "Somebody else must grant it: an admin, or someone of "
                    + String.join(" or ", GRANTING)
                    + "."));
    List<Offer> offers =
        List.of(
            Offer.danger("Grant waiver", new Action.Grant(wish))
                .confirmed("Grant the waiver?", text, "Grant waiver"),
            Offer.plain("Decline", new Action.Decline(wish)));
    voice.post(
        talk.place(),
        Notice.parts("Waiver asked for: " + wish.rule(), parts),
        new Subject.OfWaiver(),
        offers);
  }

  /**
   * Names an address by itself, by its resource's name, or as a pattern; without a word, the only
   * one found.
   */
  private static Optional<String> addresses(
      Proposal proposal, List<Finding> hit, Optional<String> said) {
    if (said.isEmpty()) {
      List<String> found =
          hit.stream().map(f -> f.address().map(Address::toString).orElse("*")).distinct().toList();
      return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
    String text = said.get();
    if (text.contains("*") || text.contains("/")) {
      return Optional.of(text);
    }
    return proposal.plan().changes().stream()
        .filter(c -> c.at().name().equals(text))
        .map(c -> c.at().toString())
        .findFirst();
  }

  void grant(Inbound from, User user, Shown card, WaiverWish wish, Runnable close) {
    if (user.id().equals(wish.requestedBy())) {
      voice.whisper(
          from,
          Notice.warn(
              "You asked for this waiver",
              "Nobody grants what they asked for: an admin or someone of "
                  + String.join(" or ", GRANTING)
                  + " must."));
      return;
    }
    if (!grants(user)) {
      voice.whisper(
          from,
          Notice.warn(
              "You may not grant waivers",
              "That takes the role admin, or the team " + String.join(" or ", GRANTING) + "."));
      return;
    }
    Optional<User> requester = engine.directory().user(settings.tenant(), wish.requestedBy());
    Optional<Talk> talk = talks.get(card.thread());
    if (requester.isEmpty() || talk.isEmpty()) {
      voice.whisper(
          from, Notice.warn("The waiver is out of date", "Who asked for it is no longer known."));
      return;
    }
    lanes.within(card.thread(), () -> waive(from, user, requester.get(), talk.get(), wish, close));
  }

  /**
   * In the thread's lane, so that the new revision is shown before anybody hears of it another way.
   */
  private void waive(
      Inbound from, User user, User requester, Talk talk, WaiverWish wish, Runnable close) {
    Optional<Engine.Outcome> outcome =
        decisions.attempt(
            from,
            () ->
                engine.waive(
                    settings.tenant(),
                    wish.plan(),
                    wish.rule(),
                    wish.addresses(),
                    wish.reason(),
                    requester,
                    user,
                    Duration.ofDays(wish.days())));
    outcome.ifPresent(
        found -> {
          if (!(found instanceof Engine.Outcome.Rejected)) {
            close.run();
            voice.whisper(
                from,
                Notice.good(
                    "The waiver is granted",
                    wish.rule()
                        + " is held back on "
                        + wish.addresses()
                        + " for "
                        + wish.days()
                        + " days."));
          }
          decisions.outcome(talk, () -> found);
        });
  }

  void decline(Inbound from, User user, WaiverWish wish, Runnable close) {
    if (user.id().equals(wish.requestedBy()) || grants(user)) {
      close.run();
      voice.whisper(from, Notice.say("The waiver is declined", wish.rule() + " stays in force."));
    } else {
      voice.whisper(
          from,
          Notice.warn(
              "You may not decline it",
              "That takes the role admin, or the team " + String.join(" or ", GRANTING) + "."));
    }
  }

  private static boolean grants(User user) {
    return user.is(Role.ADMIN) || user.teams().stream().anyMatch(GRANTING::contains);
  }
}
