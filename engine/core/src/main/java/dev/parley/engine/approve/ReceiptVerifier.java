package dev.parley.engine.approve;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Verifies receipts offline, with nothing but the public key. The key must come from somebody who
 * is trusted; it is never taken from the receipt.
 */
public final class ReceiptVerifier {
  private ReceiptVerifier() {}

  /**
   * What was found.
   *
   * @param lines if it is genuine what it covers, else what is wrong; for people
   * @param receipt only if it is genuine
   */
  public record Report(boolean genuine, List<String> lines, Optional<Receipt> receipt) {
    public Report {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return String.join("\n", lines);
    }
  }

  /**
   * Verifies a receipt.
   *
   * @param receipt the JWS itself, the receipt's JSON with the JWS in it, or a transcript's line of
   *     event {@code receipt}, of which only the JWS counts
   * @param jwk the installation's public key
   */
  public static Report verify(String receipt, String jwk) {
    try {
      return verified(receipt.strip(), VerifyingKey.parse(jwk.strip()));
    } catch (Wrong e) {
      return new Report(false, List.of("NOT GENUINE: " + e.getMessage()), Optional.empty());
    } catch (Invalid e) {
      return new Report(false, List.of("CAN'T BE VERIFIED: " + e.getMessage()), Optional.empty());
    }
  }

  private static Report verified(String text, VerifyingKey key) {
    Optional<Fields> file =
        text.startsWith("{") ? Optional.of(object(text, "the file")) : Optional.empty();
    String jws =
        file.map(
                fields ->
                    fields.text("jws").orElseThrow(() -> new Wrong("the file has no field jws")))
            .orElse(text);
    Fields payload = payload(jws, key);
    Receipt receipt;
    try {
      receipt = Codec.decode(payload.with("jws", Value.text(jws)), Receipt.class);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new Wrong("what is signed is no receipt: " + e.getMessage());
    }
    file.filter(fields -> fields.get("event").isEmpty())
        .ifPresent(fields -> same(fields.without("jws"), payload));
    coherent(receipt);
    return new Report(true, covers(receipt, key), Optional.of(receipt));
  }

  private static Fields payload(String jws, VerifyingKey key) {
    String[] parts = jws.split("\\.", -1);
    if (parts.length != 3) {
      throw new Wrong("a JWS has three parts divided by dots, this has " + parts.length);
    }
    Fields header = object(utf8(parts[0], "the header"), "the header");
    String algorithm = header.text("alg").orElse("none");
    if (!algorithm.equals("EdDSA")) {
      throw new Wrong("it says it is signed by '" + algorithm + "'; only EdDSA is accepted");
    }
    if (!header.text("typ").equals(Optional.of(Receipts.TYPE)) || header.fields().size() != 3) {
      throw new Wrong("its header is not that of a receipt: " + CanonicalJson.write(header));
    }
    if (!header.text("kid").equals(Optional.of(key.id()))) {
      throw new Wrong(
          "it names key "
              + header.text("kid").orElse("(none)")
              + ", but the given key is "
              + key.id()
              + ": it was issued by another installation, or forged");
    }
    byte[] signature =
        Base64Url.read(parts[2]).orElseThrow(() -> new Wrong("its signature is not base64url"));
    if (!key.verifies((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), signature)) {
      throw new Wrong(
          "the signature does not fit: something in it was changed after it was signed");
    }
    return object(utf8(parts[1], "the payload"), "the payload");
  }

  private static String utf8(String part, String what) {
    byte[] bytes = Base64Url.read(part).orElseThrow(() -> new Wrong(what + " is not base64url"));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Wrong(what + " is not UTF-8");
    }
  }

  private static Fields object(String text, String what) {
    try {
      if (Json.parse(text) instanceof Fields fields) {
        return fields;
      }
    } catch (Invalid e) {
      throw new Wrong(what + " is not JSON: " + e.getMessage());
    }
    throw new Wrong(what + " is not a JSON object");
  }

  /** The readable fields of a file must say what is signed. */
  private static void same(Fields file, Fields payload) {
    var names = new HashSet<>(file.fields().keySet());
    names.addAll(payload.fields().keySet());
    for (String name : names.stream().sorted().toList()) {
      if (!file.get(name).equals(payload.get(name))) {
        throw new Wrong(
            "the file says "
                + name
                + " is "
                + shown(file.get(name))
                + ", but signed is "
                + shown(payload.get(name)));
      }
    }
  }

  private static String shown(Optional<Value> value) {
    return value.map(CanonicalJson::write).orElse("nothing");
  }

  private static void coherent(Receipt receipt) {
    if (receipt.votes().isEmpty()) {
      throw new Wrong("nobody voted");
    }
    var users = new HashSet<String>();
    for (Vote vote : receipt.votes()) {
      if (!vote.proposal().equals(receipt.proposal())
          || !vote.plan().equals(receipt.plan())
          || vote.revision() != receipt.revision()
          || !vote.tenant().equals(receipt.tenant())) {
        throw new Wrong("the vote of " + vote.user() + " is about another proposal");
      }
      if (vote.decision() != Vote.Decision.APPROVE) {
        throw new Wrong(vote.user() + " did not approve");
      }
      if (!users.add(vote.user())) {
        throw new Wrong(vote.user() + " is counted twice");
      }
      if (vote.at().isAfter(receipt.issued())) {
        throw new Wrong(vote.user() + " voted after it was issued");
      }
    }
    broken(receipt);
    if (!receipt.expires().isAfter(receipt.issued())) {
      throw new Wrong("it expired before it was issued");
    }
  }

  /** What stood in for the quorum is the word of just one of its voters. */
  private static void broken(Receipt receipt) {
    List<Vote> alone =
        receipt.votes().stream().filter(vote -> vote.means() == Vote.Means.BREAK_GLASS).toList();
    if (receipt.breakGlass().isEmpty()) {
      if (!alone.isEmpty()) {
        throw new Wrong(alone.getFirst().user() + " broke the glass, but it does not say for what");
      }
      return;
    }
    BreakGlass glass = receipt.breakGlass().get();
    boolean fits =
        alone.size() == 1
            && alone.getFirst().user().equals(glass.user())
            && alone.getFirst().reason().equals(glass.reason());
    if (!fits || glass.reason().isBlank()) {
      throw new Wrong("it says " + glass.user() + " broke the glass, but no vote of theirs does");
    }
  }

  private static List<String> covers(Receipt receipt, VerifyingKey key) {
    var lines = new ArrayList<String>();
    lines.add("GENUINE: receipt " + receipt.id() + ", signed with key " + key.id());
    lines.add(
        "  covers    plan "
            + receipt.plan()
            + " revision "
            + receipt.revision()
            + " of tenant "
            + receipt.tenant());
    lines.add("  proposal  " + receipt.proposal());
    lines.add("  plan      " + receipt.planDigest());
    lines.add("  estimate  " + receipt.estimateDigest() + ", prices " + receipt.prices());
    lines.add("  verdict   " + receipt.verdictDigest() + ", rules " + receipt.rules());
    lines.add(
        "  accounts  "
            + (receipt.accounts().isEmpty() ? "none" : String.join(", ", receipt.accounts())));
    receipt.breakGlass().ifPresent(glass -> emergency(glass, lines));
    for (Vote vote : receipt.votes()) {
      lines.add(
          "  approved  by "
              + vote.user()
              + (vote.demo() ? " (a made-up identity of the demo)" : "")
              + " as "
              + vote.person()
              + ", by "
              + vote.means().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
              + ", at "
              + vote.at()
              + (vote.reason().isBlank() ? "" : ": " + vote.reason()));
    }
    lines.add(
        receipt.rollback()
            ? "  rollback  covered: the run may be undone by itself"
            : "  rollback  not covered: undoing the run needs its own approval");
    lines.add(
        switch (receipt.whenChatIsDown()) {
          case WAIT -> "  chat down the run waits, and that time is not part of the receipt's life";
          case CONTINUE -> "  chat down the run goes on";
        });
    lines.add("  issued    " + receipt.issued() + ", for one run");
    lines.add("  expires   " + receipt.expires());
    return lines;
  }

  private static void emergency(BreakGlass glass, List<String> lines) {
    lines.add("  EMERGENCY approved by break-glass of " + glass.user() + ", not by the quorum");
    lines.add(
        "            usual " + glass.usual() + ", missing " + String.join(", ", glass.missing()));
    lines.add("            reason: " + glass.reason());
    lines.add("            typed as the environment: " + glass.environment());
    lines.add(
        "            to be reviewed by "
            + String.join(" or ", glass.reviewers())
            + " until "
            + glass.reviewBy());
  }

  /** Something in it is not as it must be. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Wrong(String message) {
      super(message);
    }
  }
}
