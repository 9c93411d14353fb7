package dev.parley.engine;

import dev.parley.approval.Approval;
import dev.parley.approval.Emergency;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.approve.ReviewRuling;
import dev.parley.engine.look.Clouds;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Draft;
import dev.parley.policy.BreakGlassRule;
import dev.parley.policy.Rule;
import dev.parley.policy.Waiver;
import dev.parley.resource.Drift;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.run.Run;
import dev.parley.run.Store;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything Parley can do, for every surface alike: chat, web page, MCP, HTTP. All decisions are
 * made here; a caller only says who speaks and what they said. Blocking; many threads may call.
 */
public interface Engine extends AutoCloseable {

  /**
   * Resolves, prices and judges a draft, and puts it to the vote as the next revision of the
   * thread's open plan, or as a new plan if there is none. Votes on the former revision are void.
   *
   * @param words the message that led to it; kept with the plan
   */
  Outcome propose(String tenant, String thread, User requester, String words, Draft draft);

  /** What became of a draft. */
  sealed interface Outcome {
    /** It is put to the vote, or blocked by the rules. */
    record Proposed(Proposal proposal, Approval approval, Optional<Revised> since)
        implements Outcome {}

    /** It can't be planned; nothing has changed. */
    record Rejected(List<Problem> problems) implements Outcome {}

    /** Everything is already as wanted. */
    record Nothing(Proposal proposal) implements Outcome {}
  }

  /** The latest proposal of a thread, whatever became of it. */
  Optional<Proposal> latest(String tenant, String thread);

  /** The latest revision of a plan. */
  Optional<Proposal> proposal(String tenant, String plan);

  /** All latest revisions, newest first. */
  List<Proposal> proposals(String tenant);

  /** How far a plan's approval has come. */
  Optional<Approval> approval(String tenant, String plan);

  /**
   * Takes a vote. If it completes the rule, rules and prices and prior state are looked at again, a
   * receipt is minted and the run starts.
   */
  Ballot vote(VoteCast cast);

  /** A vote as a surface hands it in; who the person is and may do is looked up here. */
  record VoteCast(
      String tenant,
      String plan,
      Digest proposal,
      Person person,
      Vote.Decision decision,
      Vote.Means means,
      String reason) {
    public VoteCast {
      if (means == Vote.Means.BREAK_GLASS) {
        throw new IllegalArgumentException("no vote breaks the glass: " + plan);
      }
    }
  }

  /** Who may stand in for the quorum in an emergency; empty if nobody may. */
  Optional<BreakGlassRule> breakGlassRule(String tenant);

  /**
   * Lets one person stand in for the quorum, in an emergency. Everything else holds as with a vote:
   * what the rules deny, what has expired and what has moved since is refused. For the form by
   * which a person confirms it, and for nothing else.
   */
  Ballot breakGlass(GlassCast cast);

  /**
   * A break-glass as a surface hands it in.
   *
   * @param proposal the digest the person saw
   * @param reason why it can't wait; at most {@link dev.parley.approval.BreakGlass#LONGEST_REASON}
   *     characters
   * @param environment what the person typed as the place where it runs
   */
  record GlassCast(
      String tenant,
      String plan,
      Digest proposal,
      Person person,
      String reason,
      String environment) {}

  /** An owner has looked at what was approved by break-glass. */
  ReviewRuling review(String tenant, String plan, Person person);

  /** All approvals by break-glass, newest first. */
  List<Emergency> emergencies(String tenant);

  /** Takes a vote back, as long as the run has not started. */
  Ballot withdraw(String tenant, String plan, Digest proposal, Person person);

  /** What became of a vote. */
  record Ballot(
      Result result,
      String message,
      Optional<Approval> approval,
      Optional<Receipt> receipt,
      Optional<Run> run) {
    /** The cases; all but COUNTED and WITHDRAWN changed nothing. */
    public enum Result {
      COUNTED,
      WITHDRAWN,
      /** The person is linked to no user. */
      STRANGER,
      /** Nobody approves what they asked for. */
      REQUESTER,
      /** Not an approver, or not of the team that is asked. */
      NOT_ELIGIBLE,
      /** Counted before. */
      ALREADY,
      /** A newer revision stands. */
      SUPERSEDED,
      EXPIRED,
      /** Approved, rejected or discarded before. */
      DECIDED,
      /** The rules deny it. */
      BLOCKED,
      /** Rules, prices or the cloud moved since it was planned: plan again. */
      STALE,
      /** Low risk is needed for emoji; press the button. */
      NOT_BY_EMOJI,
      /** A rejection and a break-glass say why. */
      NEEDS_REASON,
      UNKNOWN_PLAN,
      /** The tenant has no break-glass. */
      OFF,
      /** What was typed is not where the plan runs. */
      WRONG_NAME,
      /** The usual way is as short. */
      NOT_NEEDED
    }
  }

  /** Drops an open proposal. */
  Optional<Approval> discard(String tenant, String plan, Person person);

  /**
   * Waives a rule for addresses and proposes the thread's plan anew under the waiver.
   *
   * @param requestedBy who needs it; never the same as
   * @param approvedBy who grants it: an admin, or of the team {@code security} (rules about cost:
   *     {@code finops})
   * @param lasts at most 90 days
   */
  Outcome waive(
      String tenant,
      String plan,
      String rule,
      String addresses,
      String reason,
      User requestedBy,
      User approvedBy,
      Duration lasts);

  /** All waivers, expired ones too. */
  List<Waiver> waivers(String tenant);

  /** A receipt by id. */
  Optional<Receipt> receipt(String tenant, String id);

  /** The installation's public key for receipts, as a JWK (RFC 8037). */
  String publicKey();

  /** A run. */
  Optional<Run> run(String tenant, String id);

  /** All runs, newest first. */
  List<Run> runs(String tenant);

  /** Asks a run to stop at the next safe point. */
  Run cancel(String tenant, String run, User user);

  /** Tries failed and skipped steps again, under the same receipt. */
  Run retry(String tenant, String run, User user);

  /** Proposes the inverse of what a run did. */
  Outcome rollback(String tenant, String run, User requester);

  /** Everything Parley made or imported and that exists. */
  List<Tracked> tracked(String tenant);

  /** Compares the clouds with what was last seen; what {@link Clouds#drift} finds. */
  List<Drift> drift(String tenant, Optional<String> account);

  /** What the accounts' clouds can be asked beside all that: what exists, logs, costs. */
  Clouds clouds();

  /** Keeps the plan's draft as a blueprint. */
  Blueprint keep(String tenant, String plan, String name, User user);

  /** All blueprints, most used first. */
  List<Blueprint> blueprints(String tenant);

  /** Asks the graph. */
  Answer ask(String tenant, Ask question);

  /** The rules in force. */
  List<Rule> rules(String tenant);

  /** A page of the audit log, oldest first. */
  List<AuditLine> audit(String tenant, long after, int limit);

  /**
   * Writes into the audit log what a user did that is no plan, vote or run: who somebody is, for
   * example.
   *
   * @param what what they did, without what they did it to
   */
  void note(String tenant, User user, String what, String about);

  /** Walks the whole chain. */
  AuditReport verifyAudit(String tenant);

  /**
   * One line of the audit log.
   *
   * @param hash SHA-256 over the former hash and this line
   */
  record AuditLine(long sequence, Instant at, String who, String what, String about, String hash) {}

  /** What the walk found; {@code broken} is the first line that does not fit. */
  record AuditReport(long lines, boolean intact, Optional<Long> broken, String detail) {}

  /**
   * Tells every event after it is journaled, in order, on a thread of its own.
   *
   * @return close it to hear no more
   */
  AutoCloseable watch(Consumer<Notice> listener);

  /** An event and whose it is. */
  record Notice(String tenant, long sequence, Event event) {}

  Accounts accounts();

  Directory directory();

  Knowledge knowledge();

  Store store();

  /** Every part's own check, by name. */
  Map<String, Check> check();

  @Override
  void close();
}
