package dev.parley.engine.state;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.value.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One plan's revisions and votes, changed only by their events. */
public final class PlanFile {
  private final List<Proposal> revisions = new ArrayList<>();
  private final Map<String, Vote> votes = new LinkedHashMap<>();
  private Approval.State state = Approval.State.OPEN;
  private Optional<String> receipt = Optional.empty();
  private Optional<String> run = Optional.empty();

  PlanFile() {}

  /** The revision that stands. */
  public Proposal latest() {
    return revisions.getLast();
  }

  /** All, oldest first. */
  public List<Proposal> revisions() {
    return List.copyOf(revisions);
  }

  /** Whoever asked for any of the revisions: none of them decides about the plan. */
  public Set<String> requesters() {
    return revisions.stream()
        .map(revision -> revision.plan().requester())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether some revision had this digest. */
  public boolean had(Digest proposal) {
    return revisions.stream().anyMatch(revision -> revision.digest().equals(proposal));
  }

  /** Votes on the revision that stands, one for each user, oldest first. */
  public List<Vote> votes() {
    return List.copyOf(votes.values());
  }

  /** The user's vote on the revision that stands. */
  public Optional<Vote> vote(String user) {
    return Optional.ofNullable(votes.get(user));
  }

  /** Where the latest revision stands; the passing of time is not in it. */
  public Approval.State state() {
    return state;
  }

  /** Whether it waits for votes or for a better revision. */
  public boolean isOpen() {
    return state == Approval.State.OPEN || state == Approval.State.BLOCKED;
  }

  public Optional<String> receipt() {
    return receipt;
  }

  /** The run that carried it out first. */
  public Optional<String> run() {
    return run;
  }

  void proposed(Proposal proposal) {
    revisions.add(proposal);
    votes.clear();
    receipt = Optional.empty();
    state = proposal.verdict().denied() ? Approval.State.BLOCKED : Approval.State.OPEN;
  }

  void voted(Vote vote) {
    votes.remove(vote.user());
    votes.put(vote.user(), vote);
    if (vote.decision() == Vote.Decision.REJECT) {
      state = Approval.State.REJECTED;
    }
  }

  void withdrawn(String user) {
    votes.remove(user);
  }

  void discarded() {
    state = Approval.State.DISCARDED;
  }

  void expired() {
    state = Approval.State.EXPIRED;
  }

  void minted(String id) {
    receipt = Optional.of(id);
    state = Approval.State.APPROVED;
  }

  void ran(String id) {
    run = run.or(() -> Optional.of(id));
  }
}
