package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Emergency;
import dev.parley.approval.Review;
import dev.parley.engine.approve.ReviewRuling.Kind;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.run.Event;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Takes the reviews of what was approved by break-glass: one of each, by an owner who did not. */
public final class Reviews {
  private final Ledger ledger;
  private final Directory directory;
  private final Clock clock;

  public Reviews(Ledger ledger, Directory directory, Clock clock) {
    this.ledger = ledger;
    this.directory = directory;
    this.clock = clock;
  }

  /** All of a tenant, newest first. */
  public List<Emergency> all(String tenant) {
    return ledger.read(tenant, Book::emergencies).reversed();
  }

  /** Takes a review. */
  public ReviewRuling review(String tenant, String plan, Person person) {
    return ledger.decide(tenant, book -> weigh(book, tenant, plan, person));
  }

  private Decision<ReviewRuling> weigh(Book book, String tenant, String plan, Person person) {
    Optional<PlanFile> file = book.plan(plan);
    if (file.isEmpty()) {
      return refused(Kind.UNKNOWN_PLAN, "There is no plan " + plan + ".");
    }
    Optional<Emergency> found = file.flatMap(PlanFile::receipt).flatMap(book::emergency);
    if (found.isEmpty()) {
      return refused(
          Kind.NOT_BROKEN, plan + " was not approved by break-glass: nothing waits for review.");
    }
    Emergency emergency = found.get();
    BreakGlass glass = emergency.glass();
    Optional<User> user = directory.user(tenant, person);
    if (user.isEmpty()) {
      return refused(
          Kind.STRANGER,
          "I don't know who " + person + " is here. Ask an admin to link you to a user.");
    }
    if (user.get().id().equals(glass.user())) {
      return refused(
          Kind.OWN,
          "You broke the glass for "
              + plan
              + ", so somebody else reviews it: "
              + String.join(", ", glass.reviewers())
              + ".");
    }
    if (!glass.owners().contains(user.get().id())) {
      return refused(
          Kind.NOT_OWNER, "Its owners review it: " + String.join(", ", glass.reviewers()) + ".");
    }
    if (emergency.review().isPresent()) {
      return refused(Kind.ALREADY, emergency.review().get().user() + " reviewed it before.");
    }
    var review =
        new Review(
            plan,
            emergency.receipt().revision(),
            emergency.receipt().id(),
            user.get().id(),
            person,
            user.get().demo(),
            clock.instant());
    return Decision.of(
        List.of(new Event.Reviewed(review, review.at())),
        after ->
            new ReviewRuling(
                Kind.REVIEWED,
                "Your review of " + plan + " is written down.",
                after.emergency(review.receipt())));
  }

  private static Decision<ReviewRuling> refused(Kind kind, String message) {
    return Decision.nothing(new ReviewRuling(kind, message, Optional.empty()));
  }
}
