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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What waits for one channel: new messages in their order, and of each message's edits the newest
 * one. Says what may go out when; sends nothing. Its owner guards it.
 */
final class Lane {
  /** Whoever holds it sends; so one channel's messages go out one after another. */
  final ReentrantLock turn = new ReentrantLock();

  private final Pace pace;
  private final Bucket posted;
  private final Bucket edited;
  private final Deque<Slip> posts = new ArrayDeque<>();
  private final Map<String, Slip> edits = new LinkedHashMap<>();
  private final Map<String, Long> editedAt = new HashMap<>();
  private long postsHeld;
  private long editsHeld;
  private long wakes = Long.MIN_VALUE;

  /**
   * All of a letter that is held in memory.
   *
   * @param doubtful whether it may have been sent before
   * @param tries how often it failed in a row
   */
  record Slip(String id, Letter.Kind kind, String key, String owner, boolean doubtful, int tries) {
    static Slip of(Letter letter, boolean doubtful) {
      return new Slip(letter.id(), letter.kind(), letter.key(), letter.owner(), doubtful, 0);
    }

    Slip failed(boolean doubt) {
      return new Slip(id, kind, key, owner, doubtful || doubt, tries + 1);
    }
  }

  /** What to do now. */
  sealed interface Next {
    record Send(Slip slip) implements Next {}

    record Wait(Duration span) implements Next {}

    record Nothing() implements Next {}
  }

  Lane(Pace pace, Bucket edited, long now) {
    this.pace = pace;
    this.edited = edited;
    this.posted = new Bucket(pace.betweenPosts(), pace.burst(), now);
    this.postsHeld = now;
    this.editsHeld = now;
  }

  /** Takes a slip; gives the one it stands in for, if there is one. */
  Optional<Slip> add(Slip slip) {
    if (slip.kind() == Letter.Kind.EDIT) {
      return Optional.ofNullable(edits.put(slip.owner(), slip));
    }
    posts.add(slip);
    return Optional.empty();
  }

  /** Whether a message under this key waits already. */
  boolean holds(String key) {
    return posts.stream().anyMatch(slip -> slip.key().equals(key));
  }

  /**
   * What may be sent.
   *
   * @param known whether an owner's message has been shown, so that it can be edited
   */
  Next next(long now, Predicate<String> known) {
    long wait = Long.MAX_VALUE;
    Slip head = posts.peek();
    if (head != null) {
      long post = Math.max(postsHeld - now, posted.lack(now));
      if (post <= 0) {
        return new Next.Send(head);
      }
      wait = post;
    }
    for (Slip edit : edits.values()) {
      boolean first = posts.stream().anyMatch(slip -> slip.owner().equals(edit.owner()));
      if (first && !known.test(edit.owner())) {
        continue;
      }
      long span =
          Optional.ofNullable(editedAt.get(edit.owner()))
              .map(at -> at + pace.betweenEdits().toNanos() - now)
              .orElse(0L);
      long when = Math.max(Math.max(editsHeld - now, span), edited.lack(now));
      if (when <= 0) {
        return new Next.Send(edit);
      }
      wait = Math.min(wait, when);
    }
    return wait == Long.MAX_VALUE ? new Next.Nothing() : new Next.Wait(Duration.ofNanos(wait));
  }

  /** A slip goes out now: it costs a token. */
  void sends(Slip slip, long now) {
    if (slip.kind() == Letter.Kind.EDIT) {
      edited.take(now);
      editedAt.put(slip.owner(), now);
      long edge = now - 10 * pace.betweenEdits().toNanos() - Duration.ofMinutes(1).toNanos();
      for (Iterator<Long> all = editedAt.values().iterator(); all.hasNext(); ) {
        if (all.next() < edge) {
          all.remove();
        }
      }
    } else {
      posted.take(now);
    }
  }

  /** A slip is done with. */
  void done(Slip slip) {
    if (slip.kind() == Letter.Kind.EDIT) {
      edits.computeIfPresent(slip.owner(), (_, now) -> now.id().equals(slip.id()) ? null : now);
    } else {
      posts.removeIf(one -> one.id().equals(slip.id()));
    }
  }

  /** A slip failed and stays where it is; nothing of its kind goes out for a while. */
  void failed(Slip slip, boolean doubt, long until) {
    Slip again = slip.failed(doubt);
    if (slip.kind() == Letter.Kind.EDIT) {
      edits.computeIfPresent(slip.owner(), (_, now) -> now.id().equals(slip.id()) ? again : now);
      editsHeld = Math.max(editsHeld, until);
    } else {
      Slip head = posts.peek();
      if (head != null && head.id().equals(slip.id())) {
        posts.poll();
        posts.addFirst(again);
      }
      postsHeld = Math.max(postsHeld, until);
    }
  }

  /** Lets edits go at once, however shortly after the former one. */
  void hurry() {
    editedAt.clear();
  }

  /** Whether a new message waits. */
  boolean posts() {
    return !posts.isEmpty();
  }

  int waiting() {
    return posts.size() + edits.size();
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
