package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The card that says what is being planned, for as long as that takes; not where others wait to be
 * shown, behind which it would come too late.
 */
final class Pondering {
  private final BotSettings settings;
  private final Voice voice;
  private final ScheduledExecutorService timer;

  Pondering(BotSettings settings, Voice voice, ScheduledExecutorService timer) {
    this.settings = settings;
    this.voice = voice;
    this.timer = timer;
  }

  /** Posts a "planning" card if the work is not over in time; the returned action ends it. */
  Runnable begin(Talk talk, String text, AtomicReference<Card> understood) {
    var over = new AtomicBoolean();
    var lock = new Object();
    var shown = new AtomicReference<Optional<Shown>>(Optional.empty());
    Duration wait = settings.heardAfter();
    var waiting =
        timer.schedule(
            () ->
                Thread.ofVirtual()
                    .start(
                        () -> {
                          synchronized (lock) {
                            if (!over.get() && !voice.busy(talk.place())) {
                              shown.set(
                                  voice.post(
                                      talk.place(),
                                      Notice.heard(text),
                                      new Subject.Heard(),
                                      List.of()));
                            }
                          }
                        }),
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> {
      waiting.cancel(false);
      synchronized (lock) {
        over.set(true);
        shown.get().ifPresent(card -> voice.close(card, understood.get()));
      }
    };
  }
}
