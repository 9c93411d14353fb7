package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;

/**
 * All of a letter that is held in memory.
 *
 * @param strand whose order it keeps: the place where it was said
 * @param rank 0 goes before 1
 * @param doubtful whether it may have been sent before
 * @param tries how often it failed in a row
 */
record Slip(
    String id,
    Letter.Kind kind,
    String strand,
    String key,
    String owner,
    int rank,
    boolean doubtful,
    int tries) {
  static Slip of(Letter letter, boolean doubtful) {
    return new Slip(
        letter.id(),
        letter.kind(),
        letter.place().key(),
        letter.key(),
        letter.owner(),
        rank(letter),
        doubtful,
        0);
  }

  /** What people wait for goes before pictures, files, and what only says that work goes on. */
  private static int rank(Letter letter) {
    boolean passing =
        letter
            .card()
            .map(
                card ->
                    switch (letter.kind()) {
                      case POST -> card.stage() == Card.Stage.HEARD;
                      case EDIT -> card.stage() == Card.Stage.PROGRESS;
                      case FILE -> true;
                    })
            .orElse(true);
    return passing ? 1 : 0;
  }

  boolean edit() {
    return kind == Letter.Kind.EDIT;
  }

  Slip failed(boolean doubt) {
    return new Slip(id, kind, strand, key, owner, rank, doubtful || doubt, tries + 1);
  }
}
