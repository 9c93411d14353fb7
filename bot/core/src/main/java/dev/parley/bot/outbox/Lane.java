package dev.parley.bot.outbox;

import dev.parley.bot.surface.Pace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What waits for one channel: new messages, those of one thread in their order, and of each
 * message's edits the newest one. Cards of other threads go before a thread's pictures and files.
 * Says what may go out when; sends nothing. Its owner guards it.
 */
final class Lane {
  /** Whoever holds it sends; so one channel's messages go out one after another. */
  final ReentrantLock turn = new ReentrantLock();

  /** Whoever holds it writes letters of this lane anew. */
  final ReentrantLock pen = new ReentrantLock();

  /** How often somebody wanted it looked at since a look began; 0 while nobody looks. */
  final AtomicInteger looks = new AtomicInteger();

  private final Pace pace;
  private final Bucket posted;
  private final Bucket edited;
  private final Bucket filed;
  private final Map<String, Deque<Slip>> strands = new LinkedHashMap<>();
  private final Map<String, Slip> edits = new LinkedHashMap<>();
  private final Map<String, Long> editedAt = new HashMap<>();
  private final Map<String, Letter> promised = new HashMap<>();
  private final Map<String, Integer> changing = new HashMap<>();
  private Optional<String> sending = Optional.empty();
  private long postsHeld;
  private long editsHeld;
  private long filesHeld;
  private long wakes = Long.MIN_VALUE;

  /** What to do now. */
  sealed interface Next {
    record Send(Slip slip) implements Next {}

    record Wait(Duration span) implements Next {}

    record Nothing() implements Next {}
  }

  /**
   * An empty lane.
   *
   * @param edited what edits are counted by
   * @param filed what files are counted by
   */
  Lane(Pace pace, Bucket edited, Bucket filed, long now) {
    this.pace = pace;
    this.edited = edited;
    this.filed = filed;
    this.posted = new Bucket(pace.betweenPosts(), pace.burst(), now);
    this.postsHeld = now;
    this.editsHeld = now;
    this.filesHeld = now;
  }

  /** Takes a slip; gives the older one of two edits of a message, which need not be sent. */
  Optional<Slip> add(Slip slip) {
    if (slip.edit()) {
      Slip other = edits.get(slip.owner());
      if (other != null && other.id().compareTo(slip.id()) > 0) {
        return Optional.of(slip);
      }
      edits.put(slip.owner(), slip);
      return Optional.ofNullable(other);
    }
    strands.computeIfAbsent(slip.strand(), _ -> new ArrayDeque<>()).add(slip);
    return Optional.empty();
  }

  /** New messages that wait. */
  Stream<Slip> posts() {
    return strands.values().stream().flatMap(Deque::stream);
  }

  /**
   * Promises a letter that is being written down.
   *
   * @return false if a message under its key is promised or waits already
   */
  boolean promise(Letter letter) {
    boolean once = letter.kind() != Letter.Kind.EDIT;
    if (once && posts().anyMatch(slip -> slip.key().equals(letter.key()))) {
      return false;
    }
    return promised.putIfAbsent(once ? letter.key() : letter.id(), letter) == null;
  }

  /** A promise was kept, or can't be. */
  void promised(Letter letter) {
    promised.values().remove(letter);
  }

  private boolean comes(String owner) {
    return promised.values().stream()
        .anyMatch(letter -> letter.kind() == Letter.Kind.POST && letter.owner().equals(owner));
  }

  /** A slip's letter is being written anew: it stays until that is done. */
  void changes(Slip slip) {
    changing.merge(slip.id(), 1, Integer::sum);
  }

  /** A slip's letter was written anew. */
  void changed(Slip slip) {
    changing.computeIfPresent(slip.id(), (_, times) -> times == 1 ? null : times - 1);
  }

  /** An owner's card that waits here and has certainly not been sent. */
  Optional<Slip> unsent(String owner) {
    return posts()
        .filter(slip -> slip.kind() == Letter.Kind.POST && slip.owner().equals(owner))
        .filter(slip -> !slip.doubtful() && !sending.equals(Optional.of(slip.id())))
        .findFirst();
  }

  /** Whether an owner's card is being sent, or may have been. */
  boolean sending(String owner) {
    return posts()
        .filter(slip -> slip.kind() == Letter.Kind.POST && slip.owner().equals(owner))
        .anyMatch(slip -> slip.doubtful() || sending.equals(Optional.of(slip.id())));
  }

  /**
   * What may be sent.
   *
   * @param ready whether messages of a strand can be sent at all yet
   * @param known whether an owner's message has been shown, so that it can be edited
   */
  Next next(long now, Predicate<String> ready, Predicate<String> known) {
    long wait = Long.MAX_VALUE;
    Optional<Slip> best = Optional.empty();
    int urgency = Integer.MAX_VALUE;
    for (Map.Entry<String, Deque<Slip>> strand : strands.entrySet()) {
      Slip head = strand.getValue().getFirst();
      int rank = strand.getValue().stream().mapToInt(Slip::rank).min().orElse(0);
      boolean sooner =
          best.isEmpty()
              || rank < urgency
              || (rank == urgency && head.id().compareTo(best.get().id()) < 0);
      if (!sooner || changing.containsKey(head.id()) || !ready.test(strand.getKey())) {
        continue;
      }
      long span = span(head, now);
      if (span <= 0) {
        best = Optional.of(head);
        urgency = rank;
      } else {
        wait = Math.min(wait, span);
      }
    }
    if (best.isPresent()) {
      return new Next.Send(best.get());
    }
    for (Slip edit : edits.values()) {
      boolean first =
          comes(edit.owner()) || posts().anyMatch(slip -> slip.owner().equals(edit.owner()));
      if (first && !known.test(edit.owner())) {
        continue;
      }
      long span = span(edit, now);
      boolean sooner = best.isEmpty() || edit.rank() < best.get().rank();
      if (span <= 0 && sooner) {
        best = Optional.of(edit);
      }
      wait = Math.min(wait, span);
    }
    if (best.isPresent()) {
      return new Next.Send(best.get());
    }
    return wait == Long.MAX_VALUE ? new Next.Nothing() : new Next.Wait(Duration.ofNanos(wait));
  }

  /** Nanoseconds until the pace lets it through; 0 or less if it does. */
  private long span(Slip slip, long now) {
    return switch (slip.kind()) {
      case POST -> Math.max(postsHeld - now, posted.lack(now));
      case FILE -> Math.max(filesHeld - now, filed.lack(now));
      case EDIT -> {
        long apart =
            Optional.ofNullable(editedAt.get(slip.owner()))
                .map(at -> at + pace.betweenEdits().toNanos() - now)
                .orElse(0L);
        yield Math.max(Math.max(editsHeld - now, apart), edited.lack(now));
      }
    };
  }

  /** A slip goes out now: it costs a token. */
  void sends(Slip slip, long now) {
    sending = Optional.of(slip.id());
    switch (slip.kind()) {
      case POST -> posted.take(now);
      case FILE -> filed.take(now);
      case EDIT -> {
        edited.take(now);
        editedAt.put(slip.owner(), now);
        long edge = now - 10 * pace.betweenEdits().toNanos() - Duration.ofMinutes(1).toNanos();
        for (Iterator<Long> all = editedAt.values().iterator(); all.hasNext(); ) {
          if (all.next() < edge) {
            all.remove();
          }
        }
      }
    }
  }

  /** A slip is done with. */
  void done(Slip slip) {
    sending = Optional.empty();
    drop(slip);
  }

  /** A slip goes away, sent or not. */
  void drop(Slip slip) {
    if (slip.edit()) {
      edits.computeIfPresent(slip.owner(), (_, now) -> now.id().equals(slip.id()) ? null : now);
      return;
    }
    strands.computeIfPresent(
        slip.strand(),
        (_, posts) -> {
          posts.removeIf(one -> one.id().equals(slip.id()));
          return posts.isEmpty() ? null : posts;
        });
  }

  /** A slip failed and stays where it is; nothing of its kind goes out for a while. */
  void failed(Slip slip, boolean doubt, long until) {
    sending = Optional.empty();
    Slip again = slip.failed(doubt);
    if (slip.edit()) {
      edits.computeIfPresent(slip.owner(), (_, now) -> now.id().equals(slip.id()) ? again : now);
      editsHeld = Math.max(editsHeld, until);
      return;
    }
    Deque<Slip> strand = strands.get(slip.strand());
    Slip head = strand == null ? null : strand.peek();
    if (strand != null && head != null && head.id().equals(slip.id())) {
      strand.poll();
      strand.addFirst(again);
    }
    if (slip.kind() == Letter.Kind.FILE) {
      filesHeld = Math.max(filesHeld, until);
    } else {
      postsHeld = Math.max(postsHeld, until);
    }
  }

  /** The platform wants less of this kind, wherever it is counted. */
  void slow(Slip slip, long until) {
    switch (slip.kind()) {
      case POST -> posted.shut(until);
      case FILE -> filed.shut(until);
      case EDIT -> edited.shut(until);
    }
  }

  /** Lets edits go at once, however shortly after the former one. */
  void hurry() {
    editedAt.clear();
  }

  int waiting() {
    return strands.values().stream().mapToInt(Deque::size).sum() + edits.size() + promised.size();
  }

  /** Whether a look at this time is to be arranged; not if there is one before. */
  boolean arrange(long now, long at) {
    boolean sooner = wakes > now && wakes <= at;
    if (!sooner) {
      wakes = at;
    }
    return !sooner;
  }
}
