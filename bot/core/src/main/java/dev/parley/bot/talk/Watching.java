package dev.parley.bot.talk;

import dev.parley.engine.Engine;
import dev.parley.run.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Follows what the engine does, so that the cards of its plans and runs follow it as well. */
final class Watching {
  private final BotSettings settings;
  private final Desk desk;
  private final Lanes lanes;
  private final ScheduledExecutorService timer;
  private final Set<String> syncing = ConcurrentHashMap.newKeySet();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  Watching(BotSettings settings, Desk desk, Lanes lanes, ScheduledExecutorService timer) {
    this.settings = settings;
    this.desk = desk;
    this.lanes = lanes;
    this.timer = timer;
  }

  void happened(Engine.Notice notice) {
    if (!notice.tenant().equals(settings.tenant())) {
      return;
    }
    switch (notice.event()) {
      case Event.Proposed(var proposal, _) ->
          lanes.run(proposal.plan().thread(), () -> desk.adopt(proposal.plan().thread()));
      case Event.Discarded e -> plan(e.plan());
      case Event.Voted(var vote, _) -> plan(vote.plan());
      case Event.Withdrawn e -> plan(e.plan());
      case Event.Expired e -> plan(e.plan());
      case Event.Minted(var receipt, _) -> plan(receipt.plan());
      case Event.Reviewed(var review, _) -> plan(review.plan());
      case Event.RunStarted e -> run(e.run());
      case Event.StepStarted e -> moved(e.run());
      case Event.StepAccepted e -> moved(e.run());
      case Event.StepDelayed e -> moved(e.run());
      case Event.StepDone e -> moved(e.run());
      case Event.StepFailed e -> moved(e.run());
      case Event.StepSkipped e -> moved(e.run());
      case Event.CancelAsked e -> run(e.run());
      case Event.Retried e -> run(e.run());
      case Event.Checked e -> moved(e.run());
      case Event.RunMoved e -> run(e.run());
      case Event.Waived _,
          Event.Observed _,
          Event.Drifted _,
          Event.Noted _,
          Event.CatalogRead _,
          Event.BlueprintKept _ -> {}
    }
  }

  private void plan(String plan) {
    lanes.run("events", () -> desk.threadOf(plan).ifPresent(this::sync));
  }

  /**
   * A step moved: many do in a short time, so that they are looked at no more often than is shown.
   */
  private void moved(String run) {
    if (settings.editEvery().isZero()) {
      run(run);
    } else if (waiting.add(run)) {
      timer.schedule(
          () -> {
            waiting.remove(run);
            run(run);
          },
          settings.editEvery().toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private void run(String run) {
    if (!syncing.add("run " + run)) {
      return;
    }
    lanes.run(
        "events",
        () -> {
          syncing.remove("run " + run);
          desk.follow(run);
          desk.threadOfRun(run).ifPresent(this::sync);
        });
  }

  /** Many events make one look: the one that is waiting already will see them all. */
  void sync(String thread) {
    if (syncing.add(thread)) {
      lanes.run(
          deskLane(thread),
          () -> {
            syncing.remove(thread);
            desk.sync(thread);
          });
    }
  }

  /** Where what is shown of a thread is looked at. */
  static String deskLane(String thread) {
    return "desk " + thread;
  }
}
