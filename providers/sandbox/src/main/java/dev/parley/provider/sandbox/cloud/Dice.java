package dev.parley.provider.sandbox.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Looks random, and is the same for the same seed on every machine: what ids and addresses are
 * thrown with. FNV-1a makes the seed a number, SplitMix64 makes the numbers that follow; neither is
 * fit for secrets.
 */
final class Dice {
  private long state;

  Dice(String seed) {
    long hash = 0xcbf29ce484222325L;
    for (byte one : seed.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
    }
    state = hash;
  }

  /** A number from 0 to sides - 1. */
  int roll(int sides) {
    state += 0x9e3779b97f4a7c15L;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    mixed ^= mixed >>> 31;
    return (int) Long.remainderUnsigned(mixed, sides);
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
