package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The entries of one append on their way to the disk, and what became of them. */
final class Batch {
  private final List<Entry.Fresh> fresh;
  private final List<byte[]> rests;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private List<Entry> placed = List.of();
  private Optional<JournalFailed> failed = Optional.empty();

  /** Spells everything that needs no place yet. */
  Batch(List<Entry.Fresh> fresh) {
    this.fresh = List.copyOf(fresh);
    this.rests = this.fresh.stream().map(EntryText::rest).toList();
  }

  List<Entry.Fresh> fresh() {
    return fresh;
  }

  byte[] rest(int index) {
    return rests.get(index);
  }

  /** Bytes it takes at most. */
  long size() {
    return Frame.HEADER + rests.stream().mapToLong(rest -> rest.length + 96L).sum();
  }

  void placed(List<Entry> entries) {
    placed = entries;
  }

  List<Entry> placed() {
    return placed;
  }

  void finish() {
    done.complete(null);
  }

  void fail(JournalFailed why) {
    failed = Optional.of(why);
  }

  /** Waits for it: the entries with their places, or why there are none. */
  List<Entry> result() {
    done.join();
    if (failed.isPresent()) {
      throw new JournalFailed(String.valueOf(failed.get().getMessage()), failed.get());
    }
    return new ArrayList<>(placed);
  }
}
