package dev.parley.engine.approve;

import static dev.parley.engine.stand.World.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.engine.stand.World;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptVerifierTest {
  private final World world = new World();
  private Receipt receipt;
  private String key;

  @BeforeEach
  void mint() {
    Proposal proposal = world.proposed(thing("x"));
    world.rule = new dev.parley.policy.ApprovalRule(1, List.of(), true, List.of());
    receipt = world.vote(proposal, "cem").receipt().orElseThrow();
    key = world.engine().publicKey();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private void forged(String text, String why) {
    var report = ReceiptVerifier.verify(text, key);
    assertThat(report.genuine()).isFalse();
    assertThat(report.receipt()).isEmpty();
    assertThat(report.toString()).contains(why);
  }

  @Test
  void a_genuine_receipt_says_what_it_covers() {
    var report = ReceiptVerifier.verify(receipt.jws(), key);
    assertThat(report.genuine()).as(report.toString()).isTrue();
    assertThat(report.receipt()).contains(receipt);
    assertThat(report.toString())
        .contains("plan p-1 revision 1 of tenant t")
        .contains("accounts  a")
        .contains(
            "by cem (a made-up identity of the demo) as test:cem, by button, at"
                + " 2026-03-01T08:00:00Z")
        .contains("rollback  not covered")
        .contains(receipt.planDigest().hex());
  }

  @Test
  void the_file_with_its_readable_fields_is_verified_too() {
    assertThat(ReceiptVerifier.verify(Json.pretty(Codec.encode(receipt)), key).genuine()).isTrue();
    Fields file = Codec.encode(receipt);
    forged(
        Json.write(file.with("plan", Value.text("p-2"))),
        "the file says plan is \"p-2\", but signed is \"p-1\"");
    forged(Json.write(file.without("rollback")), "rollback");
    forged(Json.write(file.with("more", Value.text("x"))), "more");
    forged(Json.write(file.without("jws")), "no field jws");
  }

  @Test
  void of_a_line_of_a_transcript_only_the_signed_part_counts() {
    Fields line =
        Fields.of("event", Value.text("receipt"))
            .with("digest", Value.text("shown otherwise"))
            .with("jws", Value.text(receipt.jws()));
    assertThat(ReceiptVerifier.verify(Json.write(line), key).receipt()).contains(receipt);
    forged(Json.write(line.with("jws", Value.text(receipt.jws() + "A"))), "signature");
  }

  @Test
  void any_changed_letter_breaks_it() {
    String[] parts = receipt.jws().split("\\.");
    forged(
        parts[0] + "." + encode(decode(parts[1]).replace("\"p-1\"", "\"p-9\"")) + "." + parts[2],
        "signature does not fit");
    String signature = parts[2];
    String other = (signature.charAt(5) == 'A' ? 'B' : 'A') + "";
    forged(
        parts[0]
            + "."
            + parts[1]
            + "."
            + signature.substring(0, 5)
            + other
            + signature.substring(6),
        "signature does not fit");
    forged(parts[0] + "." + parts[1] + ".", "does not fit");
    forged(parts[0] + "." + parts[1] + "." + parts[2] + "=", "not base64url");
    forged(parts[0] + "." + parts[1], "three parts");
    forged("", "three parts");
    forged("{", "not JSON");
  }

  @Test
  void the_header_can_not_choose_the_way_of_verification() {
    String[] parts = receipt.jws().split("\\.");
    for (String algorithm : List.of("none", "HS256", "RS256", "eddsa")) {
      forged(
          encode(decode(parts[0]).replace("EdDSA", algorithm)) + "." + parts[1] + "." + parts[2],
          "only EdDSA");
    }
    forged(encode("{}") + "." + parts[1] + "." + parts[2], "only EdDSA");
    forged(
        encode(decode(parts[0]).replace("parley-receipt+jws", "JWT"))
            + "."
            + parts[1]
            + "."
            + parts[2],
        "header");
    forged(
        encode(decode(parts[0]).replace("}", ",\"jwk\":{}}")) + "." + parts[1] + "." + parts[2],
        "header");
  }

  @Test
  void another_installations_key_does_not_verify_it() {
    String other = SigningKey.fresh().open().jwk();
    assertThat(ReceiptVerifier.verify(receipt.jws(), other).toString())
        .contains("another installation");
    assertThat(ReceiptVerifier.verify(receipt.jws(), "{\"kty\":\"RSA\"}").toString())
        .contains("CAN'T BE VERIFIED")
        .contains("OKP");
    assertThat(ReceiptVerifier.verify(receipt.jws(), "nonsense").genuine()).isFalse();
  }

  @Test
  void a_receipt_that_contradicts_itself_is_refused_though_it_is_signed() {
    Proposal proposal = world.proposed(thing("y"));
    var receipts = new Receipts(world.key, java.time.Duration.ofHours(1));
    assertThat(
            ReceiptVerifier.verify(
                    receipts
                        .mint(
                            "receipt-9",
                            proposal,
                            List.of(),
                            java.util.Optional.empty(),
                            world.clock.instant())
                        .jws(),
                    key)
                .toString())
        .contains("nobody voted");
    assertThat(
            ReceiptVerifier.verify(
                    receipts
                        .mint(
                            "receipt-9",
                            proposal,
                            receipt.votes(),
                            java.util.Optional.empty(),
                            world.clock.instant())
                        .jws(),
                    key)
                .toString())
        .contains("another proposal");
  }

  @Test
  void the_key_is_made_once_and_kept_for_its_owner_only(@TempDir Path folder) throws Exception {
    SigningKey made = SigningKey.in(folder.resolve("keys"));
    SigningKey again = SigningKey.in(folder.resolve("keys"));
    assertThat(again.open()).isEqualTo(made.open());
    Path file = folder.resolve("keys/receipt-key.jwk");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.toString())
        .doesNotContain(
            Json.parse(Files.readString(file)) instanceof Fields f
                ? f.text("d").orElseThrow()
                : "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SigningKey.in(folder.resolve("keys")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        file, Files.readString(file).replace(made.open().x(), SigningKey.fresh().open().x()));
    assertThatThrownBy(() -> SigningKey.in(folder.resolve("keys")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("halves");
  }

  @Test
  void many_keys_keep_their_encoding() {
    for (int i = 0; i < 64; i++) {
      SigningKey fresh = SigningKey.fresh();
      byte[] text = ("text " + i).getBytes(StandardCharsets.UTF_8);
      assertThat(VerifyingKey.parse(fresh.open().jwk()).verifies(text, fresh.sign(text))).isTrue();
    }
  }

  @Test
  void the_key_of_rfc_8037_has_its_thumbprint() {
    assertThat(new VerifyingKey("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").id())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }
}
