package dev.parley.engine.approve;

import dev.parley.approval.Approval;
import dev.parley.approval.BreakGlass;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.engine.approve.Ruling.Kind;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.BreakGlassRule;
import dev.parley.run.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts votes and mints receipts. A vote holds for one digest. The vote that would complete the
 * rule, or stand in for it in an emergency, makes the desk look at the clouds, the rules and the
 * prices once more, outside the lock; then the whole decision is made again under it: vote, receipt
 * and start of the run are one append, or nothing is.
 */
public final class ApprovalDesk {
  private final Ledger ledger;
  private final Directory directory;
  private final FreshLook fresh;
  private final Receipts receipts;
  private final Clock clock;

  public ApprovalDesk(
      Ledger ledger, Directory directory, FreshLook fresh, Receipts receipts, Clock clock) {
    this.ledger = ledger;
    this.directory = directory;
    this.fresh = fresh;
    this.receipts = receipts;
    this.clock = clock;
  }

  /** Takes a vote. */
  public Ruling vote(CastVote cast) {
    return decided(cast, new ByQuorum());
  }

  /**
   * Lets one person stand in for the quorum.
   *
   * @param rule who may; empty if the tenant has none
   * @param environment where the person typed that it runs
   */
  public Ruling breakGlass(CastVote cast, Optional<BreakGlassRule> rule, String environment) {
    return rule.map(found -> decided(cast, new ByBreakGlass(found, environment)))
        .orElseGet(
            () ->
                ledger.read(
                    cast.tenant(),
                    book -> ruling(book, cast, Kind.OFF, "Break-glass is not switched on here.")));
  }

  private Ruling decided(CastVote cast, Way way) {
    Weighed first = ledger.decide(cast.tenant(), book -> weigh(book, cast, way, false));
    return switch (first) {
      case Settled(var ruling) -> ruling;
      case Completes(var proposal) -> {
        Optional<String> moved = fresh.moved(proposal);
        if (moved.isPresent()) {
          yield ledger.read(
              cast.tenant(),
              book ->
                  ruling(
                      book,
                      cast,
                      Kind.STALE,
                      "Out of date: " + moved.get() + ". Ask for the plan again."));
        }
        yield switch (ledger.decide(cast.tenant(), book -> weigh(book, cast, way, true))) {
          case Settled(var ruling) -> ruling;
          case Completes _ -> throw new IllegalStateException("a fresh look was just taken");
        };
      }
    };
  }

  /** Takes a vote back. */
  public Ruling withdraw(
      String tenant, String plan, dev.parley.value.Digest proposal, Person person) {
    var cast =
        new CastVote(tenant, plan, proposal, person, Vote.Decision.APPROVE, Vote.Means.BUTTON, "");
    return ledger.decide(
        tenant,
        book -> {
          Optional<User> user = directory.user(tenant, person);
          Optional<Refusal> refusal =
              standing(book, cast, user)
                  .map(
                      why ->
                          why.kind() == Kind.ALREADY
                              ? new Refusal(
                                  Kind.DECIDED, "Too late: plan " + plan + " was decided before.")
                              : why);
          if (refusal.isPresent()) {
            return refused(book, cast, refusal.get());
          }
          String id = user.map(User::id).orElseThrow();
          PlanFile file = book.plan(plan).orElseThrow();
          if (file.vote(id).isEmpty()) {
            return refused(
                book,
                cast,
                new Refusal(Kind.ALREADY, "You have no vote on " + name(file) + " to take back."));
          }
          return Decision.of(
              List.of(
                  new Event.Withdrawn(plan, file.latest().plan().revision(), id, clock.instant())),
              after ->
                  ruling(
                      after,
                      cast,
                      Kind.WITHDRAWN,
                      "Your vote on " + name(file) + " is taken back."));
        });
  }

  /**
   * Drops an open proposal; only its requester, an operator or an admin may. Empty if there is none
   * or the person may not.
   */
  public Optional<Approval> discard(String tenant, String plan, Person person) {
    Optional<User> user = directory.user(tenant, person);
    if (user.isEmpty()) {
      return Optional.empty();
    }
    return ledger.decide(
        tenant,
        book -> {
          Optional<PlanFile> file = book.plan(plan).filter(found -> mayDrop(found, user.get()));
          if (file.isEmpty() || !file.get().isOpen()) {
            return Decision.nothing(file.map(found -> approval(tenant, found)));
          }
          var dropped =
              new Event.Discarded(
                  plan, file.get().latest().plan().revision(), user.get().id(), clock.instant());
          return Decision.of(
              List.of(dropped), after -> after.plan(plan).map(found -> approval(tenant, found)));
        });
  }

  private static boolean mayDrop(PlanFile file, User user) {
    return file.latest().plan().requester().equals(user.id())
        || user.is(Role.OPERATOR)
        || user.is(Role.ADMIN);
  }

  /** How far a plan's approval has come. */
  public Optional<Approval> approval(String tenant, String plan) {
    return ledger.read(tenant, book -> book.plan(plan).map(file -> approval(tenant, file)));
  }

  /** Writes down which open proposals nobody approved in time. */
  public void expire(String tenant) {
    Instant now = clock.instant();
    boolean any =
        ledger.read(tenant, book -> book.plans().stream().anyMatch(file -> late(file, now)));
    if (any) {
      ledger.decide(
          tenant,
          book ->
              Decision.<Boolean>of(
                  book.plans().stream()
                      .filter(file -> late(file, now))
                      .map(file -> expired(file, now))
                      .toList(),
                  _ -> true));
    }
  }

  /** Starts the run of every receipt that was minted and not spent, as after a crash. */
  public void honour(String tenant) {
    Instant now = clock.instant();
    boolean any = ledger.read(tenant, book -> !book.unspent().isEmpty());
    if (any) {
      ledger.decide(
          tenant,
          book -> {
            var events = new ArrayList<Event>();
            for (Receipt receipt : book.unspent()) {
              book.plan(receipt.plan())
                  .map(PlanFile::latest)
                  .filter(
                      latest ->
                          latest.digest().equals(receipt.proposal())
                              && now.isBefore(receipt.expires()))
                  .ifPresent(latest -> events.add(start(book, latest, receipt, now)));
            }
            return Decision.<Boolean>of(events, _ -> true);
          });
    }
  }

  private sealed interface Weighed {}

  private record Settled(Ruling ruling) implements Weighed {}

  /** The vote would complete the rule. */
  private record Completes(Proposal proposal) implements Weighed {}

  /**
   * @param looked whether a fresh look has just found that all still stands
   */
  private Decision<Weighed> weigh(Book book, CastVote cast, Way way, boolean looked) {
    Optional<User> user = directory.user(cast.tenant(), cast.person());
    Optional<Refusal> refusal =
        standing(book, cast, user).or(() -> unfit(book, cast, way, user.orElseThrow()));
    if (refusal.isPresent()) {
      Decision<Ruling> refused = refused(book, cast, refusal.get());
      return Decision.of(refused.events(), after -> new Settled(refused.answer().apply(after)));
    }
    PlanFile file = book.plan(cast.plan()).orElseThrow();
    Proposal proposal = file.latest();
    Instant now = clock.instant();
    Vote vote = vote(cast, proposal, user.orElseThrow(), now);
    if (vote.decision() == Vote.Decision.REJECT) {
      return settled(cast, List.of(new Event.Voted(vote, now)), "Rejected " + name(file) + ".");
    }
    List<Vote> votes = with(cast.tenant(), file, vote);
    Quorum quorum = quorum(cast.tenant(), file, votes);
    Optional<BreakGlass> glass = way.instead(vote, quorum);
    if (!quorum.met() && glass.isEmpty()) {
      return settled(
          cast,
          List.of(new Event.Voted(vote, now)),
          "Counted. Still needed: " + String.join(", ", quorum.missing()) + ".");
    }
    if (!looked) {
      return Decision.nothing(new Completes(proposal));
    }
    Receipt receipt = receipts.mint(book.nextReceipt(), proposal, votes, glass, now);
    var started = start(book, proposal, receipt, now);
    return settled(
        cast,
        List.of(new Event.Voted(vote, now), new Event.Minted(receipt, now), started),
        (glass.isPresent() ? "Approved by break-glass, " : "Approved ")
            + name(file)
            + ": run "
            + started.run()
            + " has started under "
            + receipt.id()
            + ".");
  }

  private Optional<Refusal> unfit(Book book, CastVote cast, Way way, User user) {
    PlanFile file = book.plan(cast.plan()).orElseThrow();
    Vote vote = vote(cast, file.latest(), user, clock.instant());
    return way.unfit(
        file, cast, user, quorum(cast.tenant(), file, with(cast.tenant(), file, vote)));
  }

  /** The votes for it, with this one in place of the user's former one. */
  private List<Vote> with(String tenant, PlanFile file, Vote vote) {
    return Stream.concat(
            approving(tenant, file).stream().filter(one -> !one.user().equals(vote.user())),
            Stream.of(vote))
        .toList();
  }

  private Decision<Weighed> settled(CastVote cast, List<Event> events, String message) {
    return Decision.of(events, after -> new Settled(ruling(after, cast, Kind.COUNTED, message)));
  }

  /** Why the plan takes no votes of this person's on this digest, whoever is allowed. */
  private Optional<Refusal> standing(Book book, CastVote cast, Optional<User> user) {
    Optional<PlanFile> found = book.plan(cast.plan());
    if (found.isEmpty() || !found.get().had(cast.proposal())) {
      return Refusal.of(
          Kind.UNKNOWN_PLAN,
          found.isEmpty()
              ? "There is no plan " + cast.plan() + "."
              : "Plan " + cast.plan() + " never had the digest " + cast.proposal().brief() + ".");
    }
    PlanFile file = found.get();
    if (user.isEmpty()) {
      return Refusal.of(
          Kind.STRANGER,
          "I don't know who " + cast.person() + " is here. Ask an admin to link you to a user.");
    }
    if (!file.latest().digest().equals(cast.proposal())) {
      return Refusal.of(
          Kind.SUPERSEDED,
          "That revision is out of date: " + name(file) + " stands now. Vote on its card.");
    }
    if (late(file, clock.instant())) {
      return Refusal.of(
          Kind.EXPIRED,
          name(file) + " expired at " + file.latest().plan().expires() + ". Ask for it again.");
    }
    return switch (file.state()) {
      case OPEN -> Optional.empty();
      case BLOCKED -> Refusal.of(Kind.BLOCKED, blocked(file));
      case EXPIRED -> Refusal.of(Kind.EXPIRED, name(file) + " expired. Ask for it again.");
      case SUPERSEDED -> Refusal.of(Kind.SUPERSEDED, "That revision is out of date.");
      case APPROVED, REJECTED, DISCARDED -> {
        boolean same =
            file.vote(user.get().id())
                .filter(vote -> vote.decision() == cast.decision())
                .isPresent();
        String state = file.state().name().toLowerCase(java.util.Locale.ROOT);
        yield Refusal.of(
            same ? Kind.ALREADY : Kind.DECIDED,
            same
                ? "Your vote on " + name(file) + " was counted; it is " + state + "."
                : name(file) + " was " + state + " before.");
      }
    };
  }

  private Decision<Ruling> refused(Book book, CastVote cast, Refusal refusal) {
    List<Event> events = new ArrayList<>();
    if (refusal.kind() == Kind.EXPIRED) {
      book.plan(cast.plan())
          .filter(file -> late(file, clock.instant()))
          .ifPresent(file -> events.add(expired(file, clock.instant())));
    }
    return Decision.of(events, after -> ruling(after, cast, refusal.kind(), refusal.message()));
  }

  private Ruling ruling(Book book, CastVote cast, Kind kind, String message) {
    Optional<PlanFile> file = book.plan(cast.plan());
    return new Ruling(
        kind,
        message,
        file.map(found -> approval(cast.tenant(), found)),
        file.filter(found -> found.latest().digest().equals(cast.proposal()))
            .flatMap(PlanFile::receipt)
            .flatMap(book::receipt),
        file.filter(found -> found.latest().digest().equals(cast.proposal()))
            .flatMap(PlanFile::run));
  }

  private Approval approval(String tenant, PlanFile file) {
    Proposal proposal = file.latest();
    var plan = proposal.plan();
    boolean late = late(file, clock.instant());
    var state = late ? Approval.State.EXPIRED : file.state();
    List<Vote> votes = state == Approval.State.OPEN ? approving(tenant, file) : file.votes();
    var rule = proposal.verdict().approval();
    return new Approval(
        plan.id(),
        plan.revision(),
        proposal.digest(),
        state,
        rule,
        votes,
        state == Approval.State.OPEN ? quorum(tenant, file, votes).missing() : List.of(),
        directory.users(tenant).stream()
            .filter(user -> Quorum.counts(rule, file.requesters(), user))
            .map(User::id)
            .sorted()
            .toList(),
        plan.expires(),
        file.receipt());
  }

  /** The votes for it by users who may still vote. */
  private List<Vote> approving(String tenant, PlanFile file) {
    Proposal proposal = file.latest();
    return file.votes().stream()
        .filter(
            vote ->
                vote.decision() == Vote.Decision.APPROVE
                    && vote.proposal().equals(proposal.digest()))
        .filter(
            vote ->
                directory
                    .user(tenant, vote.user())
                    .filter(
                        user ->
                            Quorum.counts(proposal.verdict().approval(), file.requesters(), user))
                    .isPresent())
        .toList();
  }

  private Quorum quorum(String tenant, PlanFile file, List<Vote> votes) {
    List<User> users =
        votes.stream()
            .flatMap(vote -> directory.user(tenant, vote.user()).stream())
            .distinct()
            .toList();
    return new Quorum(file.latest().verdict().approval(), file.requesters(), users);
  }

  private static Vote vote(CastVote cast, Proposal proposal, User user, Instant now) {
    return new Vote(
        cast.tenant(),
        cast.plan(),
        proposal.plan().revision(),
        proposal.digest(),
        user.id(),
        cast.person(),
        cast.decision(),
        cast.means(),
        cast.reason(),
        user.demo(),
        now);
  }

  private static Event.RunStarted start(
      Book book, Proposal proposal, Receipt receipt, Instant now) {
    return new Event.RunStarted(
        book.nextRun(), proposal.plan(), receipt.id(), proposal.plan().undoes(), now);
  }

  private static boolean late(PlanFile file, Instant now) {
    return file.isOpen() && !now.isBefore(file.latest().plan().expires());
  }

  private static Event expired(PlanFile file, Instant now) {
    return new Event.Expired(file.latest().plan().id(), file.latest().plan().revision(), now);
  }

  static String name(PlanFile file) {
    return file.latest().plan().id() + " revision " + file.latest().plan().revision();
  }

  private static String blocked(PlanFile file) {
    List<String> rules =
        file.latest().verdict().findings().stream()
            .filter(f -> f.active() && f.enforcement() == dev.parley.policy.Enforcement.DENY)
            .map(f -> f.rule() + f.address().map(at -> " at " + at).orElse("") + ": " + f.message())
            .toList();
    return "The rules deny "
        + name(file)
        + ": "
        + String.join("; ", rules)
        + ". Mend it, or ask for a waiver.";
  }
}
