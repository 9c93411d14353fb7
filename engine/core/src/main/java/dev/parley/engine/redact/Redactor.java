package dev.parley.engine.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of text by their shapes: cloud keys, tokens, PEM blocks, JWTs, and whatever
 * stands behind {@code password=} and looks random. Patterns are linear: none nests a repetition.
 */
public final class Redactor {
  private static final double RANDOM_BITS_PER_CHARACTER = 2.8;

  private record Shape(String kind, Pattern pattern, int group) {}

  private static final List<Shape> SHAPES =
      List.of(
          shape(
              "private key",
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\\s\\S]{0,20000}?(?:-----END [A-Z"
                  + " ]{0,30}PRIVATE KEY-----|$)"),
          shape("AWS access key", "\\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\\b"),
          new Shape(
              "AWS secret key",
              Pattern.compile(
                  "(?i)aws.{0,20}?(?:secret|key).{0,20}?[=:"
                      + " \"']([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"),
              1),
          shape("Google API key", "\\bAIza[0-9A-Za-z_-]{35}"),
          shape("Google OAuth token", "\\bya29\\.[0-9A-Za-z_-]{20,}"),
          shape("GitHub token", "\\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{22,})"),
          shape("GitLab token", "\\bglpat-[0-9A-Za-z_-]{20,}"),
          shape("Slack token", "\\bx(?:ox[abeoprs]|app)-[0-9A-Za-z-]{10,}"),
          shape("Stripe key", "\\b[rs]k_live_[0-9A-Za-z]{16,}"),
          shape("DigitalOcean token", "\\bdo[opr]_v1_[0-9a-f]{64}"),
          shape("npm token", "\\bnpm_[0-9A-Za-z]{36}"),
          shape("Anthropic or OpenAI key", "\\bsk-[A-Za-z0-9_-]{20,}"),
          new Shape(
              "Azure storage key", Pattern.compile("(?i)AccountKey=([A-Za-z0-9+/]{40,}={0,2})"), 1),
          shape("JWT", "\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
          new Shape(
              "password in an address",
              Pattern.compile("[a-z][a-z0-9+.-]{1,20}://[^\\s:/@]{1,100}:([^\\s@/]{1,200})@"),
              1));

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b[a-z0-9_.-]{0,40}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret|credential)"
              + "[a-z0-9_-]{0,20}[\"']?\\s{0,3}(?:=|:|\\bis\\b)\\s{0,3}[\"']?([^\\s\"',;]{6,300})");

  private Redactor() {}

  /** The text with each credential replaced by {@code [redacted: kind]}. */
  public static Redaction redact(String text) {
    var found = new ArrayList<String>();
    String left = text;
    for (Shape shape : SHAPES) {
      left = replace(left, shape.pattern(), shape.group(), shape.kind(), found, false);
    }
    left = replace(left, NAMED, 1, "password or token", found, true);
    return new Redaction(left, found);
  }

  /** Whether a text holds nothing that looks like a credential. */
  public static boolean clean(String text) {
    return redact(text).clean();
  }

  private static String replace(
      String text,
      Pattern pattern,
      int group,
      String kind,
      List<String> found,
      boolean onlyRandom) {
    Matcher matcher = pattern.matcher(text);
    var out = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      String secret = matcher.group(group);
      if (secret.startsWith("[redacted")
          || isReference(secret)
          || (onlyRandom && !looksRandom(secret))) {
        continue;
      }
      out.append(text, from, matcher.start(group)).append("[redacted: ").append(kind).append(']');
      from = matcher.end(group);
      found.add(kind);
    }
    return from == 0 ? text : out.append(text.substring(from)).toString();
  }

  private static boolean isReference(String text) {
    return text.startsWith("env:")
        || text.startsWith("file:")
        || text.startsWith("${")
        || text.startsWith("secret:");
  }

  /** Not one lower-case word, and enough information for each character. */
  private static boolean looksRandom(String text) {
    int kinds = 0;
    kinds += text.chars().anyMatch(Character::isLowerCase) ? 1 : 0;
    kinds += text.chars().anyMatch(Character::isUpperCase) ? 1 : 0;
    kinds += text.chars().anyMatch(Character::isDigit) ? 1 : 0;
    kinds += text.chars().anyMatch(c -> !Character.isLetterOrDigit(c)) ? 1 : 0;
    return kinds >= 2
        && (text.length() >= 8 && entropy(text) >= RANDOM_BITS_PER_CHARACTER || kinds >= 3);
  }

  /** Shannon entropy, bits per character. */
  private static double entropy(String text) {
    var counts = new int[128];
    for (int i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static Shape shape(String kind, String pattern) {
    return new Shape(kind, Pattern.compile(pattern), 0);
  }
}
