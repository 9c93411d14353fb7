package dev.parley.bot.assistant.text;

import dev.parley.bot.assistant.text.Token.Kind;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a message into tokens, in one pass; names such as {@code t3.medium} stay whole. */
public final class Tokenizer {
  /** No request is longer; what follows is not read. */
  public static final int MAX_TOKENS = 1500;

  private static final Pattern AMOUNT =
      Pattern.compile(
          "(us\\$|[₹$€£¥]|rs\\.?|inr|usd|eur|gbp|jpy)?(\\d[\\d,]{0,14}(?:\\.\\d{1,9})?)(k(?=$|/|[₹$€£¥]|usd|eur|inr|gbp))?"
              + "([₹$€£¥]|[a-zµ]{1,12})?(?:/(.{1,40}))?");
  private static final Pattern PER =
      Pattern.compile("(inr|usd|eur|gbp|jpy|rs|rupees|dollars|euros|pounds|[₹$€£¥])/([a-z]{1,7})");
  private static final Pattern COUNTED = Pattern.compile("(\\d{1,5})-([a-z]{2,12})");
  private static final Pattern WITH = Pattern.compile("(?<![\\w/])[wW]/(?=\\s)");
  private static final Pattern WITHOUT = Pattern.compile("(?<![\\w/])[wW]/[oO](?=\\s)");
  private static final Pattern TIMES = Pattern.compile("x(\\d{1,4})");
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(,\\d{2,3})*,\\d{3}(\\.\\d+)?");
  private static final Pattern PAIR_KEY = Pattern.compile("[A-Za-z/@][\\w./:@#$~-]{0,200}");
  private static final Set<String> WHOLE = Set.of("st", "nd", "rd", "th", "xlarge", "xl", "tier");
  private static final Set<String> COUNT_UNITS =
      Set.of(
          "node",
          "nodes",
          "replica",
          "replicas",
          "core",
          "cores",
          "vcpu",
          "vcpus",
          "cpu",
          "cpus",
          "gb",
          "gib",
          "tb",
          "mb",
          "day",
          "days",
          "hour",
          "hours",
          "month",
          "week",
          "minute",
          "second",
          "instance",
          "server",
          "vm",
          "machine",
          "member",
          "broker");
  private static final String OPENING = "\"“”`«»„";
  private static final String STOPS = ",;?!()\"“”`";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean glued;

  private Tokenizer(String text) {
    this.text = text;
  }

  /** The tokens of a message. */
  public static List<Token> of(String message) {
    var tokenizer = new Tokenizer(clean(message));
    tokenizer.run();
    return List.copyOf(tokenizer.tokens);
  }

  private static String clean(String message) {
    String plain = Normalizer.normalize(message, Normalizer.Form.NFKC);
    var out = new StringBuilder(plain.length());
    plain
        .codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              if (c == '\n' || c == '\r') {
                out.append('\n');
              } else if (type == Character.CONTROL
                  || type == Character.SURROGATE
                  || type == Character.UNASSIGNED) {
                out.append(' ');
              } else if (type != Character.FORMAT) {
                out.appendCodePoint(c == '’' || c == '‘' || c == 'ʼ' ? '\'' : c);
              }
            });
    String arrows =
        out.toString()
            .replace("->", " to ")
            .replace("→", " to ")
            .replace("=>", " to ")
            .replace("×", "x");
    return WITHOUT.matcher(WITH.matcher(arrows).replaceAll("with ")).replaceAll("without ");
  }

  private void run() {
    while (at < text.length() && tokens.size() < MAX_TOKENS) {
      char c = text.charAt(at);
      if (c == '\n') {
        sign(";");
        glued = false;
        at++;
      } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        glued = false;
        at++;
      } else if (OPENING.indexOf(c) >= 0 || c == '\'') {
        quoted(c);
      } else if (c == '{') {
        json();
      } else if (",;?!()[]}:&+".indexOf(c) >= 0) {
        boolean adds =
            c == '+' && !glued && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        sign(c == '&' || c == '+' ? "&" : String.valueOf(c));
        at++;
        if (adds && tokens.size() == 1) {
          add(Kind.WORD, "additional");
        }
      } else {
        chunk();
      }
    }
  }

  private void quoted(char open) {
    char close = open == '“' || open == '„' ? '”' : open == '«' ? '»' : open;
    int end = text.indexOf(close, at + 1);
    boolean closes =
        end > at + 1
            && end - at < 400
            && (end + 1 == text.length() || !Character.isLetter(text.charAt(end + 1)));
    if (closes && text.substring(at, end).indexOf('\n') < 0) {
      add(Kind.QUOTED, text.substring(at + 1, end).strip());
      at = end + 1;
    } else {
      at++;
    }
  }

  private void json() {
    int end = balanced(at, '{', '}');
    if (end < 0) {
      add(Kind.JSON, text.substring(at).strip());
      at = text.length();
    } else {
      add(Kind.JSON, text.substring(at, end));
      at = end;
    }
  }

  /** The index behind the bracket that closes the one at {@code from}; -1 if none does. */
  private int balanced(int from, char open, char close) {
    int depth = 0;
    boolean inText = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inText) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inText = false;
        }
      } else if (c == '"') {
        inText = true;
      } else if (c == open) {
        depth++;
      } else if (c == close && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private void chunk() {
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        break;
      }
      char before = at > start ? text.charAt(at - 1) : ' ';
      if (before == '=' && (c == '[' || c == '{' || c == '"' || c == '\'')) {
        int end =
            c == '['
                ? balanced(at, '[', ']')
                : c == '{' ? balanced(at, '{', '}') : text.indexOf(c, at + 1) + 1;
        if (end > at) {
          at = end;
          break;
        }
      }
      boolean thousands =
          c == ','
              && Character.isDigit(before)
              && at + 1 < text.length()
              && Character.isDigit(text.charAt(at + 1));
      if ((STOPS.indexOf(c) >= 0 || c == '{' || c == '}' || c == '[' || c == ']') && !thousands) {
        break;
      }
      at++;
    }
    if (at == start) {
      at++;
      return;
    }
    word(text.substring(start, at));
  }

  private void word(String chunk) {
    int end = chunk.length();
    while (end > 0 && (chunk.charAt(end - 1) == '.' || chunk.charAt(end - 1) == ':')) {
      end--;
    }
    String body = chunk.substring(0, end);
    String tail = chunk.substring(end);
    boolean possessive = body.endsWith("'s") || body.endsWith("s'");
    if (possessive) {
      body =
          body.endsWith("'s")
              ? body.substring(0, body.length() - 2)
              : body.substring(0, body.length() - 1);
    } else if (body.endsWith("'")) {
      body = body.substring(0, body.length() - 1);
    }
    if (!body.isEmpty()) {
      body(body);
    }
    if (possessive) {
      add(Kind.WORD, "'s");
    }
    if (!tail.isEmpty() && !body.equalsIgnoreCase("rs")) {
      sign(tail.endsWith(":") ? ":" : ".");
    }
  }

  private void body(String body) {
    String key = body.toLowerCase(Locale.ROOT);
    int equals = body.indexOf('=');
    if (equals > 0 && PAIR_KEY.matcher(body.substring(0, equals)).matches()) {
      add(Kind.PAIR, body);
      return;
    }
    Matcher amount = AMOUNT.matcher(key);
    Matcher counted = COUNTED.matcher(key);
    Matcher times = TIMES.matcher(key);
    if (amount.matches() && !WHOLE.contains(String.valueOf(amount.group(4)))) {
      amount(amount);
    } else if (counted.matches() && COUNT_UNITS.contains(counted.group(2))) {
      number(counted.group(1));
      add(Kind.WORD, counted.group(2));
    } else if (PER.matcher(key).matches()) {
      add(Kind.WORD, body.substring(0, body.indexOf('/')));
      sign("/");
      add(Kind.WORD, body.substring(body.indexOf('/') + 1));
    } else if (times.matches()) {
      add(Kind.WORD, "x");
      number(times.group(1));
    } else if (key.chars().allMatch(c -> c == '-' || c == '*' || c == '•' || c == '_')) {
      sign(";");
    } else {
      add(Kind.WORD, body);
    }
  }

  private void amount(Matcher amount) {
    if (amount.group(1) != null) {
      add(Kind.WORD, amount.group(1));
    }
    String digits = amount.group(2);
    if (digits.indexOf(',') >= 0 && !GROUPED.matcher(digits).matches()) {
      for (String part : digits.split(",")) {
        if (!part.isEmpty()) {
          number(part);
          sign(",");
        }
      }
      tokens.removeLast();
    } else {
      number(amount.group(3) == null ? digits : digits + "k");
    }
    if (amount.group(4) != null) {
      add(Kind.WORD, amount.group(4));
    }
    if (amount.group(5) != null) {
      sign("/");
      body(amount.group(5));
    }
  }

  private void number(String digits) {
    boolean thousand = digits.endsWith("k");
    String plain = (thousand ? digits.substring(0, digits.length() - 1) : digits).replace(",", "");
    BigDecimal value = new BigDecimal(plain);
    put(
        new Token(
            Kind.NUMBER,
            digits,
            digits,
            Optional.of(thousand ? value.scaleByPowerOfTen(3) : value),
            glued));
  }

  private void sign(String sign) {
    put(new Token(Kind.SIGN, sign, sign, Optional.empty(), glued));
  }

  private void add(Kind kind, String text) {
    put(new Token(kind, text, text.toLowerCase(Locale.ROOT), Optional.empty(), glued));
  }

  private void put(Token token) {
    tokens.add(token);
    glued = true;
  }
}
