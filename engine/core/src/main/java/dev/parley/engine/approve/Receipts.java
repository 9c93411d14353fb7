package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.engine.json.Codec;
import dev.parley.engine.resolve.Proposals;
import dev.parley.plan.Change;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Mints receipts: JWS in compact form (RFC 7515) over the canonical JSON of the receipt, signed
 * with Ed25519 (RFC 8037).
 */
public final class Receipts {
  /** The {@code typ} of the JWS header. */
  static final String TYPE = "parley-receipt+jws";

  private final SigningKey key;
  private final Duration life;

  /**
   * @param life how long a receipt may start or go on with its run, not counting what it waits for
   *     the chat
   */
  public Receipts(SigningKey key, Duration life) {
    this.key = key;
    this.life = life;
  }

  /** The public key, as a JWK. */
  public String publicKey() {
    return key.open().jwk();
  }

  /**
   * The leave to run this proposal once, earned by these votes.
   *
   * @param glass what stands in for the quorum, if they are not enough
   */
  Receipt mint(
      String id, Proposal proposal, List<Vote> votes, Optional<BreakGlass> glass, Instant now) {
    var plan = proposal.plan();
    List<String> accounts =
        plan.changes().stream()
            .filter(Change::mutates)
            .map(change -> change.at().account())
            .distinct()
            .sorted()
            .toList();
    var unsigned =
        new Receipt(
            id,
            plan.tenant(),
            plan.id(),
            plan.revision(),
            proposal.digest(),
            plan.digest(),
            Proposals.digest(proposal.estimate()),
            Proposals.digest(proposal.verdict()),
            proposal.verdict().rules(),
            proposal.estimate().prices(),
            accounts,
            votes,
            plan.rollback(),
            plan.whenChatIsDown(),
            glass,
            now,
            now.plus(life),
            "");
    return signed(unsigned);
  }

  private Receipt signed(Receipt r) {
    Fields header =
        Fields.of("alg", Value.text("EdDSA"))
            .with("kid", Value.text(key.open().id()))
            .with("typ", Value.text(TYPE));
    String signing =
        encoded(CanonicalJson.write(header)) + "." + encoded(CanonicalJson.write(payload(r)));
    String jws =
        signing + "." + Base64Url.write(key.sign(signing.getBytes(StandardCharsets.US_ASCII)));
    return new Receipt(
        r.id(),
        r.tenant(),
        r.plan(),
        r.revision(),
        r.proposal(),
        r.planDigest(),
        r.estimateDigest(),
        r.verdictDigest(),
        r.rules(),
        r.prices(),
        r.accounts(),
        r.votes(),
        r.rollback(),
        r.whenChatIsDown(),
        r.breakGlass(),
        r.issued(),
        r.expires(),
        jws);
  }

  /** What is signed: everything but the signature. */
  static Fields payload(Receipt receipt) {
    return Codec.encode(receipt).without("jws");
  }

  private static String encoded(String text) {
    return Base64Url.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
