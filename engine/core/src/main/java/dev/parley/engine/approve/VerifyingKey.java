package dev.parley.engine.approve;

import dev.parley.engine.json.Json;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * A public Ed25519 key as a JWK (RFC 8037).
 *
 * @param x the encoded point, 32 bytes in base64url
 */
public record VerifyingKey(String x) {
  public VerifyingKey {
    if (Base64Url.read(x).filter(bytes -> bytes.length == 32).isEmpty()) {
      throw new IllegalArgumentException("not 32 bytes in base64url: " + x);
    }
  }

  /** The half of a key pair that anyone may know. */
  static VerifyingKey of(EdECPublicKey key) {
    byte[] big = key.getPoint().getY().toByteArray();
    byte[] little = new byte[32];
    for (int i = 0; i < big.length && i < 32; i++) {
      little[i] = big[big.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      little[31] |= (byte) 0x80;
    }
    return new VerifyingKey(Base64Url.write(little));
  }

  /**
   * Reads a JWK.
   *
   * @throws Invalid if it is none, or of another kind
   */
  public static VerifyingKey parse(String jwk) {
    if (!(Json.parse(jwk) instanceof Fields fields)
        || !fields.text("kty").equals(java.util.Optional.of("OKP"))
        || !fields.text("crv").equals(java.util.Optional.of("Ed25519"))) {
      throw refused("it is no JWK of kind OKP with curve Ed25519");
    }
    String x = fields.text("x").orElseThrow(() -> refused("it has no x"));
    try {
      return new VerifyingKey(x);
    } catch (IllegalArgumentException e) {
      throw refused("its x is " + e.getMessage());
    }
  }

  private static Invalid refused(String why) {
    return new Invalid(
        new Problem(
            "",
            "the public key",
            why,
            "take the installation's own: it is a line of JSON with kty, crv and x"));
  }

  /** The JWK thumbprint (RFC 7638), which names the key. */
  public String id() {
    try {
      String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
      return Base64Url.write(
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** As JSON text. */
  public String jwk() {
    return CanonicalJson.write(fields());
  }

  Fields fields() {
    return Fields.of("kty", Value.text("OKP"))
        .with("crv", Value.text("Ed25519"))
        .with("x", Value.text(x))
        .with("kid", Value.text(id()))
        .with("use", Value.text("sig"))
        .with("alg", Value.text("EdDSA"));
  }

  boolean verifies(byte[] bytes, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key());
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private PublicKey key() throws GeneralSecurityException {
    byte[] little = Base64Url.read(x).orElseThrow();
    boolean odd = (little[31] & 0x80) != 0;
    byte[] big = new byte[32];
    for (int i = 0; i < 32; i++) {
      big[i] = little[31 - i];
    }
    big[0] &= 0x7f;
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));
  }
}
