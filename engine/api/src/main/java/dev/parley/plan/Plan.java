package dev.parley.plan;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.resource.Address;
import dev.parley.value.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What would change, exactly: immutable, and named by its digest.
 *
 * @param id short, for people: {@code p-42}; the same for all revisions in a thread's request
 * @param thread the conversation it belongs to, as the surface names it
 * @param revision counts from 1
 * @param requester the user id of who asked
 * @param request the words that led to it, secrets redacted
 * @param changes at most one for each address
 * @param needs for each address, the addresses whose changes must be done before its own
 * @param rollback whether an automatic rollback is part of what is approved
 * @param whenChatIsDown what its run does while the place it is talked about is down
 * @param undoes the run that this plan rolls back, if it is a rollback
 * @param digest of everything else in it
 */
public record Plan(
    String tenant,
    String id,
    int revision,
    String thread,
    String requester,
    String request,
    String title,
    String environment,
    String planner,
    List<Change> changes,
    Map<Address, Set<Address>> needs,
    Optional<Cap> cap,
    boolean rollback,
    WhenChatIsDown whenChatIsDown,
    Optional<String> undoes,
    Basis basis,
    Instant created,
    Instant expires,
    Digest digest) {
  public Plan {
    changes = List.copyOf(changes);
    var copy = new TreeMap<Address, Set<Address>>();
    needs.forEach((at, before) -> copy.put(at, Set.copyOf(before)));
    needs = Collections.unmodifiableMap(copy);
  }

  /** One whose run goes on while the chat is down. */
  public Plan(
      String tenant,
      String id,
      int revision,
      String thread,
      String requester,
      String request,
      String title,
      String environment,
      String planner,
      List<Change> changes,
      Map<Address, Set<Address>> needs,
      Optional<Cap> cap,
      boolean rollback,
      Optional<String> undoes,
      Basis basis,
      Instant created,
      Instant expires,
      Digest digest) {
    this(
        tenant,
        id,
        revision,
        thread,
        requester,
        request,
        title,
        environment,
        planner,
        changes,
        needs,
        cap,
        rollback,
        WhenChatIsDown.CONTINUE,
        undoes,
        basis,
        created,
        expires,
        digest);
  }

  /** The change at an address. */
  public Optional<Change> at(Address address) {
    return changes.stream().filter(change -> change.at().equals(address)).findFirst();
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return changes.stream().noneMatch(Change::mutates);
  }

  /**
   * What a plan was made from; if any of it moves, the plan is out of date.
   *
   * @param catalogs account → revision of the types that the plan touches there
   * @param priorStates address → digest of the observed properties
   * @param rules digest of the rule set
   * @param prices digest of the price book
   * @param identities account → whose account its credentials belong to, in the provider's words;
   *     without the accounts whose provider has no such notion
   */
  public record Basis(
      Map<String, String> catalogs,
      Map<Address, Digest> priorStates,
      String rules,
      String prices,
      Map<String, String> identities) {
    public Basis {
      catalogs = Collections.unmodifiableMap(new TreeMap<>(catalogs));
      priorStates = Collections.unmodifiableMap(new TreeMap<>(priorStates));
      identities =
          identities == null // as in what was written before there were any
              ? Map.of()
              : Collections.unmodifiableMap(new TreeMap<>(identities));
    }

    /** Of accounts whose providers have no notion of an identity. */
    public Basis(
        Map<String, String> catalogs,
        Map<Address, Digest> priorStates,
        String rules,
        String prices) {
      this(catalogs, priorStates, rules, prices, Map.of());
    }
  }
}
