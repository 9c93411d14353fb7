package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Digest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Looks random, and is the same for the same seed: what ids and addresses are thrown with. */
final class Dice {
  private final String seed;
  private BigInteger pool = BigInteger.ZERO;
  private int left;
  private int throwsSoFar;

  Dice(String seed) {
    this.seed = seed;
  }

  /** A number from 0 to sides - 1. */
  int roll(int sides) {
    if (left < 4) {
      pool = new BigInteger(Digest.ofText(seed + "#" + throwsSoFar++).hex(), 16);
      left = 28;
    }
    BigInteger[] parts = pool.divideAndRemainder(BigInteger.valueOf(1L << 32));
    pool = parts[0];
    left -= 4;
    return (int) (parts[1].longValue() % sides);
  }

  /** So many signs of an alphabet. */
  String signs(String alphabet, int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(roll(alphabet.length())));
    }
    return text.toString();
  }

  String hex(int count) {
    return signs("0123456789abcdef", count);
  }

  String digits(int count) {
    return signs("123456789", 1) + signs("0123456789", count - 1);
  }

  String uuid() {
    return String.join("-", hex(8), hex(4), "4" + hex(3), "8" + hex(3), hex(12));
  }

  String base64(int bytes) {
    return Base64.getEncoder().encodeToString(hex(bytes).getBytes(StandardCharsets.US_ASCII));
  }

  /** An IPv4 address that starts with this number. */
  String address(int first) {
    return first + "." + roll(256) + "." + roll(256) + "." + (1 + roll(254));
  }
}
