package dev.parley.approval;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.value.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The leave to run exactly one proposal, once. Anyone can verify it offline against the
 * installation's public key.
 *
 * @param rules digest of the rule set
 * @param prices digest of the price sources
 * @param accounts the accounts it may touch
 * @param votes whose votes earned it
 * @param rollback whether it also covers the computed rollback of its own run
 * @param whenChatIsDown what its run does while the chat is down; time spent waiting for the chat
 *     is not part of the receipt's life
 * @param breakGlass what stood in for the quorum, in an emergency
 * @param jws the same, signed: JWS compact serialisation (RFC 7515), EdDSA with Ed25519 (RFC 8037)
 */
public record Receipt(
    String id,
    String tenant,
    String plan,
    int revision,
    Digest proposal,
    Digest planDigest,
    Digest estimateDigest,
    Digest verdictDigest,
    String rules,
    String prices,
    List<String> accounts,
    List<Vote> votes,
    boolean rollback,
    WhenChatIsDown whenChatIsDown,
    Optional<BreakGlass> breakGlass,
    Instant issued,
    Instant expires,
    String jws) {
  public Receipt {
    accounts = List.copyOf(accounts);
    votes = List.copyOf(votes);
    breakGlass = breakGlass == null ? Optional.empty() : breakGlass; // as in older receipts
  }

  /** One that a quorum has earned, whose run goes on while the chat is down. */
  public Receipt(
      String id,
      String tenant,
      String plan,
      int revision,
      Digest proposal,
      Digest planDigest,
      Digest estimateDigest,
      Digest verdictDigest,
      String rules,
      String prices,
      List<String> accounts,
      List<Vote> votes,
      boolean rollback,
      Instant issued,
      Instant expires,
      String jws) {
    this(
        id,
        tenant,
        plan,
        revision,
        proposal,
        planDigest,
        estimateDigest,
        verdictDigest,
        rules,
        prices,
        accounts,
        votes,
        rollback,
        WhenChatIsDown.CONTINUE,
        Optional.empty(),
        issued,
        expires,
        jws);
  }
}
