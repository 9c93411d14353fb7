package dev.parley.rules.logic;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells texts that look like credentials, by shape, by the name of their field, and inside Base64
 * user data. Names of secrets (ARNs, vault addresses, dynamic references) are no secrets.
 */
public final class SecretLike {
  /**
   * A known shape.
   *
   * @param hint letters without which the pattern can't match, in lower case: cheap to look for
   *     first
   */
  private record Shape(String hint, Pattern pattern, String what) {}

  private static final int SHORTEST = 8;
  private static final List<Shape> SHAPES =
      List.of(
          shape("akia", "\\bAKIA[A-Z0-9]{16}\\b", "an AWS access key id"),
          shape("asia", "\\bASIA[A-Z0-9]{16}\\b", "an AWS access key id"),
          shape("private key", "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----", "a private key"),
          shape("gh", "\\bgh[pousr]_[A-Za-z0-9]{30,}", "a GitHub token"),
          shape("xox", "\\bxox[abprs]-[A-Za-z0-9-]{10,}", "a Slack token"),
          shape("aiza", "\\bAIza[0-9A-Za-z_-]{35}\\b", "a Google API key"),
          shape(
              "eyj",
              "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}",
              "a signed token (JWT)"),
          shape("accountkey=", "(?i)AccountKey=[A-Za-z0-9+/=]{40,}", "a storage account key"),
          shape("://", "://[^/\\s:@]{1,64}:[^/\\s:@${]{3,64}@", "a password inside an address"),
          written("password"),
          written("passwd"),
          written("pwd"),
          written("secret"),
          written("token"),
          written("api_key"),
          written("apikey"));

  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secretkey",
          "secretaccesskey",
          "clientsecret",
          "apikey",
          "accesskey",
          "privatekey",
          "accesstoken",
          "authtoken",
          "connectionstring",
          "_secret",
          "_token",
          "_pwd",
          "_pass");
  private static final Set<String> WHOLE_NAMES = Set.of("secret", "token", "pwd", "pass");
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?i)(?:arn:|\\{\\{resolve:|\\$\\{|\\$\\(|https?://[^@]*$|/|projects/|@Microsoft\\.KeyVault|(?:env|file|vault|ssm|secret)[:/]).*",
          Pattern.DOTALL);
  private static final Pattern CARRIER =
      Pattern.compile("(?i)user_?data|custom_?data|startup-?script|metadata_startup_script");

  private SecretLike() {}

  /**
   * Where and why.
   *
   * @param what what it looks like; never the text itself
   */
  public record Sighting(Pointer at, String what) {}

  /** The first text in a value that looks like a credential, if any does. */
  public static Optional<Sighting> first(Value value) {
    return first("", value, Pointer.ROOT);
  }

  /** Why a text looks like a credential, if it does. */
  public static Optional<String> reason(String field, String text) {
    if (text.length() >= SHORTEST) {
      String lower = text.toLowerCase(Locale.ROOT);
      for (Shape shape : SHAPES) {
        if (lower.contains(shape.hint) && shape.pattern.matcher(text).find()) {
          return Optional.of(shape.what);
        }
      }
    }
    if (named(field) && literal(text)) {
      return Optional.of("a literal in '" + field + "'");
    }
    if (looksRandom(text)) {
      return Optional.of("a random text of the shape of a secret key");
    }
    return CARRIER.matcher(field).matches()
        ? decoded(text).flatMap(inner -> reason("", inner))
        : Optional.empty();
  }

  private static boolean named(String field) {
    String name = field.toLowerCase(Locale.ROOT).replace('-', '_');
    return WHOLE_NAMES.contains(name) || NAMES.stream().anyMatch(name::endsWith);
  }

  /** Whether a text is itself the value, not the name of a place where the value is kept. */
  public static boolean literal(String text) {
    return !text.isBlank() && !REFERENCE.matcher(text).matches();
  }

  private static Optional<Sighting> first(String field, Value value, Pointer at) {
    return switch (value) {
      case Value.Text(var text) -> reason(field, text).map(what -> new Sighting(at, what));
      case Value.Items(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          var found = first(field, items.get(i), at.child(Integer.toString(i)));
          if (found.isPresent()) {
            yield found;
          }
        }
        yield Optional.empty();
      }
      case Value.Fields fields -> {
        var pair = pair(fields, at);
        if (pair.isPresent()) {
          yield pair;
        }
        for (var entry : fields.fields().entrySet()) {
          var found = first(entry.getKey(), entry.getValue(), at.child(entry.getKey()));
          if (found.isPresent()) {
            yield found;
          }
        }
        yield Optional.empty();
      }
      case Value.Num _, Value.Bool _, Value.Null _, Value.Ref _, Value.Secret _, Value.Unknown _ ->
          Optional.empty();
    };
  }

  /** {@code {"Name": "DB_PASSWORD", "Value": "..."}}: the field's name stands beside its value. */
  private static Optional<Sighting> pair(Value.Fields fields, Pointer at) {
    for (String[] names : new String[][] {{"Name", "Value"}, {"name", "value"}, {"key", "value"}}) {
      var name = fields.text(names[0]);
      var value = fields.text(names[1]);
      if (name.isPresent() && value.isPresent()) {
        return reason(name.get(), value.get()).map(what -> new Sighting(at.child(names[1]), what));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /**
   * Forty letters of Base64 of all kinds with nearly no repetition: the shape of an AWS secret key.
   */
  private static boolean looksRandom(String text) {
    if (text.length() != 40 || !text.matches("[A-Za-z0-9/+]{40}")) {
      return false;
    }
    boolean mixed =
        text.chars().anyMatch(Character::isUpperCase)
            && text.chars().anyMatch(Character::isLowerCase)
            && text.chars().anyMatch(Character::isDigit)
            && !text.toLowerCase(Locale.ROOT).contains("sha");
    return mixed && text.chars().distinct().count() >= 22;
  }

  private static Shape shape(String hint, String pattern, String what) {
    return new Shape(hint, Pattern.compile(pattern), what);
  }

  /** {@code password=...}, unless what follows names a place. */
  private static Shape written(String word) {
    return shape(
        word,
        "(?i)\\b(?:[a-z0-9]{1,30}_)?"
            + word
            + "\\s{0,3}[=:]\\s{0,3}['\"]?(?![${<]|arn:|aws:)[^\\s'\"${<]{6,}",
        "a password or token written out");
  }
}
