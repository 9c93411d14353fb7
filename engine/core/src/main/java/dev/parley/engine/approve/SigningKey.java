package dev.parley.engine.approve;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.EnumSet;
import java.util.Set;

/**
 * The installation's key for receipts: Ed25519, kept as a private JWK (RFC 8037) in a file that
 * only its owner may read.
 */
public final class SigningKey {
  private static final String FILE = "receipt-key.jwk";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final PrivateKey secret;
  private final VerifyingKey open;

  private SigningKey(PrivateKey secret, VerifyingKey open) {
    this.secret = secret;
    this.open = open;
  }

  /** A new key that is kept nowhere. */
  public static SigningKey fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerifyingKey.of((EdECPublicKey) pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime from 15 has Ed25519", e);
    }
  }

  /**
   * The key in a folder; made there the first time.
   *
   * @throws Invalid if the file is damaged, or others may read it
   */
  public static SigningKey in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        create(file);
      }
      return load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the receipt key can't be read or made: " + file, e);
    }
  }

  /** The signature of a text's bytes. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key can always sign", e);
    }
  }

  /** The half that anyone may know. */
  public VerifyingKey open() {
    return open;
  }

  @Override
  public String toString() {
    return "receipt key " + open.id();
  }

  private static void create(Path file) throws IOException {
    SigningKey key = fresh();
    byte[] seed =
        ((EdECPrivateKey) key.secret)
            .getBytes()
            .orElseThrow(() -> new IllegalStateException("a key has bytes"));
    Fields jwk = key.open.fields().with("d", Value.text(Base64Url.write(seed)));
    Path part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), "receipt-key", ".part", attributes(file));
    try {
      Files.writeString(
          part, Json.write(jwk) + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      try (var channel = java.nio.channels.FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      // another process made the key first; it is loaded next
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static java.nio.file.attribute.FileAttribute<?>[] attributes(Path file) {
    return posix(file)
        ? new java.nio.file.attribute.FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(OWNER_ONLY)
        }
        : new java.nio.file.attribute.FileAttribute<?>[0];
  }

  private static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static SigningKey load(Path file) throws IOException {
    if (posix(file)) {
      var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNER_ONLY);
      others.remove(PosixFilePermission.OWNER_EXECUTE);
      if (!others.isEmpty()) {
        throw refused(file, "others may read or write it", "chmod 600 " + file.getFileName());
      }
    }
    Fields jwk =
        Json.parse(Files.readString(file)) instanceof Fields fields ? fields : Fields.EMPTY;
    VerifyingKey open = VerifyingKey.parse(Json.write(jwk));
    byte[] seed =
        jwk.text("d")
            .flatMap(Base64Url::read)
            .filter(bytes -> bytes.length == 32)
            .orElseThrow(
                () -> refused(file, "it holds no private key", "put the file back from a backup"));
    SigningKey key = new SigningKey(secret(seed), open);
    byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
    if (!open.verifies(probe, key.sign(probe))) {
      throw refused(
          file, "its two halves don't belong together", "put the file back from a backup");
    }
    return key;
  }

  private static PrivateKey secret(byte[] seed) {
    try {
      return java.security.KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new java.security.spec.EdECPrivateKeySpec(
                  java.security.spec.NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("32 bytes are always an Ed25519 key", e);
    }
  }

  private static Invalid refused(Path file, String why, String next) {
    return new Invalid(new Problem(file.toString(), "the receipt key", why, next));
  }
}
