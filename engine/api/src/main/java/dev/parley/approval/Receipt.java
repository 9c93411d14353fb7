package dev.parley.approval;

import dev.parley.value.Digest;
import java.time.Instant;
import java.util.List;

/**
 * The leave to run exactly one proposal, once. Anyone can verify it offline against the
 * installation's public key.
 *
 * @param rules digest of the rule set
 * @param prices digest of the price sources
 * @param accounts the accounts it may touch
 * @param votes whose votes earned it
 * @param rollback whether it also covers the computed rollback of its own run
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
    Instant issued,
    Instant expires,
    String jws) {
  public Receipt {
    accounts = List.copyOf(accounts);
    votes = List.copyOf(votes);
  }
}
