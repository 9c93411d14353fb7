package dev.parley.engine;

import dev.parley.approval.Proposal;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.appraise.Appraiser;
import dev.parley.engine.approve.ApprovalDesk;
import dev.parley.engine.resolve.Proposals;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.resolve.Wish;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Makes drafts into proposals, a few at a time: a burst of requests would else keep every thread
 * busy with plans while what is quick, an acknowledgement or a vote, waits behind them.
 */
final class Proposing {
  private static final int TRIES = 5;
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Ledger ledger;
  private final Accounts accounts;
  private final Planning planning;
  private final Appraiser appraiser;
  private final ApprovalDesk desk;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  Proposing(
      Ledger ledger,
      Accounts accounts,
      Planning planning,
      Appraiser appraiser,
      ApprovalDesk desk,
      Clock clock) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.planning = planning;
    this.appraiser = appraiser;
    this.desk = desk;
    this.clock = clock;
  }

  /** What a draft is resolved against, and which revision of which plan it will be. */
  private record Ground(
      String plan,
      int revision,
      Optional<Proposal> former,
      List<Tracked> tracked,
      Map<Address, Fields> desired) {}

  /**
   * @param undoes the run that the draft rolls back; its plan is always a new one
   */
  Engine.Outcome propose(
      String tenant,
      String thread,
      User requester,
      String words,
      Draft draft,
      Optional<String> undoes) {
    if (!requester.is(Role.OPERATOR)) {
      return rejected(
          requester.id(),
          "asks for a plan",
          "only operators may",
          "ask an admin for the role operator, or an operator to ask");
    }
    Tenant whose =
        accounts
            .tenant(tenant)
            .orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant));
    for (int tries = 0; tries < TRIES; tries++) {
      desk.expire(tenant);
      Ground ground = ledger.read(tenant, book -> ground(book, thread, undoes));
      Resolution resolution = resolve(wish(whose, thread, ground, requester, words, draft, undoes));
      switch (resolution) {
        case Resolution.Rejected(var problems) -> {
          return new Engine.Outcome.Rejected(problems);
        }
        case Resolution.Resolved r -> {
          Proposal proposal =
              new Proposal(
                  r.plan(),
                  draft,
                  r.estimate(),
                  r.verdict(),
                  r.comparison(),
                  r.warnings(),
                  Proposals.digest(r.plan(), r.estimate(), r.verdict()));
          Optional<Engine.Outcome> outcome = put(tenant, ground, proposal, requester);
          if (outcome.isPresent()) {
            return outcome.get();
          }
        }
      }
    }
    return rejected(
        thread, "a plan", "others keep changing it at the same time", "say it again in a moment");
  }

  /** What a draft would become, put to nobody's vote. */
  Resolution resolve(
      Tenant tenant,
      String thread,
      User requester,
      String words,
      Draft draft,
      Optional<String> undoes) {
    Ground ground =
        ledger.read(
            tenant.id(),
            book ->
                new Ground(book.nextPlan(), 1, Optional.empty(), book.tracked(), book.desired()));
    return resolve(wish(tenant, thread, ground, requester, words, draft, undoes));
  }

  private Resolution resolve(Wish wish) {
    turns.acquireUninterruptibly();
    try {
      return planning.resolve(wish, appraiser.of(wish.tenant().id(), wish.requester().id()));
    } finally {
      turns.release();
    }
  }

  private Wish wish(
      Tenant tenant,
      String thread,
      Ground ground,
      User requester,
      String words,
      Draft draft,
      Optional<String> undoes) {
    return new Wish(
        tenant,
        thread,
        ground.plan(),
        ground.revision(),
        requester,
        words,
        draft,
        ground.tracked(),
        ground.desired(),
        undoes,
        clock.instant());
  }

  private static Ground ground(Book book, String thread, Optional<String> undoes) {
    Optional<Proposal> open = undoes.isPresent() ? Optional.empty() : open(book, thread);
    return new Ground(
        open.map(proposal -> proposal.plan().id()).orElseGet(book::nextPlan),
        open.map(proposal -> proposal.plan().revision() + 1).orElse(1),
        open,
        book.tracked(),
        book.desired());
  }

  private static Optional<Proposal> open(Book book, String thread) {
    return book.latestIn(thread)
        .filter(PlanFile::isOpen)
        .map(PlanFile::latest)
        .filter(proposal -> proposal.plan().undoes().isEmpty());
  }

  /**
   * Puts it to the vote if nobody was faster; a plan that changes nothing closes the one before it.
   */
  private Optional<Engine.Outcome> put(
      String tenant, Ground ground, Proposal proposal, User requester) {
    var plan = proposal.plan();
    return ledger.decide(
        tenant,
        book -> {
          boolean undisturbed =
              plan.undoes().isPresent()
                  || open(book, plan.thread())
                      .map(Proposal::digest)
                      .equals(ground.former().map(Proposal::digest));
          if (!undisturbed) {
            return Decision.nothing(Optional.empty());
          }
          if (plan.isEmpty()) {
            List<Event> closed =
                ground.former().stream()
                    .<Event>map(
                        former ->
                            new Event.Discarded(
                                former.plan().id(),
                                former.plan().revision(),
                                requester.id(),
                                clock.instant()))
                    .toList();
            return Decision.of(closed, _ -> Optional.of(new Engine.Outcome.Nothing(proposal)));
          }
          int voided =
              ground
                  .former()
                  .flatMap(former -> book.plan(former.plan().id()))
                  .map(file -> file.votes().size())
                  .orElse(0);
          return Decision.of(
              List.of(new Event.Proposed(proposal, clock.instant())),
              _ ->
                  Optional.of(
                      new Engine.Outcome.Proposed(
                          proposal,
                          desk.approval(tenant, plan.id()).orElseThrow(),
                          ground
                              .former()
                              .map(former -> Revisions.between(former, proposal, voided)))));
        });
  }

  static Engine.Outcome rejected(String where, String what, String why, String next) {
    return new Engine.Outcome.Rejected(List.of(new Problem(where, what, why, next)));
  }
}
