package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/** The entries of one append on their way to the disk, and what became of them. */
final class Batch {
  private final List<Entry.Fresh> fresh;
  private final List<byte[]> rests;
  private final Condition turn;
  private List<Entry> placed = List.of();
  private Optional<JournalFailed> failed = Optional.empty();
  private boolean done;

  /**
   * Spells everything that needs no place yet.
   *
   * @param turn told when it is done, or when it is next to write
   */
  Batch(List<Entry.Fresh> fresh, Condition turn) {
    this.fresh = List.copyOf(fresh);
    this.rests = this.fresh.stream().map(EntryText::rest).toList();
    this.turn = turn;
  }

  List<Entry.Fresh> fresh() {
    return fresh;
  }

  byte[] rest(int index) {
    return rests.get(index);
  }

  Condition turn() {
    return turn;
  }

  /** Bytes it takes at most. */
  long size() {
    return Frame.HEADER + rests.stream().mapToLong(rest -> rest.length + 96L).sum();
  }

  boolean done() {
    return done;
  }

  void placed(List<Entry> entries) {
    placed = entries;
  }

  List<Entry> placed() {
    return placed;
  }

  void finish() {
    done = true;
  }

  void fail(JournalFailed why) {
    failed = Optional.of(why);
  }

  /** The entries with their places, or why there are none. */
  List<Entry> result() {
    if (failed.isPresent()) {
      throw new JournalFailed(String.valueOf(failed.get().getMessage()), failed.get());
    }
    return new ArrayList<>(placed);
  }
}
