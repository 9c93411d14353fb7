package dev.parley.provider.aws.fake.type;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in templates such as {@code arn:aws:sqs:{region}:{account}:{/QueueName}}. Besides region,
 * account, zone, ordinal and uuid there are random texts of a length ({@code hex:17}, {@code
 * upper:12}, {@code letters:6}, {@code digits:3}), an address of a net ({@code ip:10}), properties
 * ({@code /Name}), their last segment ({@code last:/Cluster}), with dashes ({@code
 * dashed:/PrivateIp}) and with a word changed ({@code swap:/Arn,loadbalancer,listener}).
 *
 * @param ordinal how many resources of the type there have been, this one included
 */
public record Templates(String account, String region, long ordinal, RandomGenerator random) {
  private static final Pattern HOLE = Pattern.compile("\\{([^{}]+)}");

  /** The template with its holes filled from the properties. */
  public Value fill(Value template, Fields properties) {
    return switch (template) {
      case Text(var text) -> Value.text(fill(text, properties));
      case Items(var items) ->
          new Items(items.stream().map(item -> fill(item, properties)).toList());
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> filled.put(name, fill(field, properties)));
        yield new Fields(filled);
      }
      default -> template;
    };
  }

  /** The same for a text. */
  public String fill(String template, Fields properties) {
    Matcher holes = HOLE.matcher(template);
    var out = new StringBuilder();
    while (holes.find()) {
      holes.appendReplacement(out, Matcher.quoteReplacement(one(holes.group(1), properties)));
    }
    holes.appendTail(out);
    return out.toString();
  }

  private String one(String hole, Fields properties) {
    if (hole.startsWith("/")) {
      return at(hole, properties);
    }
    int colon = hole.indexOf(':');
    String word = colon < 0 ? hole : hole.substring(0, colon);
    String rest = colon < 0 ? "" : hole.substring(colon + 1);
    return switch (word) {
      case "account" -> account;
      case "region" -> region;
      case "zone" -> region + "abc".charAt(random.nextInt(3));
      case "ordinal" -> Long.toString(ordinal);
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "hex" -> letters("0123456789abcdef", rest);
      case "upper" -> letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", rest);
      case "letters" -> letters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", rest);
      case "digits" -> letters("123456789", rest);
      case "ip" ->
          rest
              + "."
              + (16 + random.nextInt(200))
              + "."
              + random.nextInt(256)
              + "."
              + (4 + random.nextInt(250));
      case "last" -> at(rest, properties).replaceAll(".*/", "");
      case "dashed" -> at(rest, properties).replace('.', '-');
      case "swap" -> {
        String[] parts = rest.split(",");
        yield at(parts[0], properties).replace(parts[1], parts[2]);
      }
      default -> throw new IllegalArgumentException("no template word " + hole);
    };
  }

  private static String at(String pointer, Fields properties) {
    return switch (Pointer.of(pointer).in(properties).orElse(Value.text(""))) {
      case Text(var text) -> text;
      case Num(var number) -> number.toPlainString();
      case Bool(var bool) -> Boolean.toString(bool);
      default -> throw new IllegalArgumentException("no text at " + pointer);
    };
  }

  private String letters(String alphabet, String length) {
    var out = new StringBuilder();
    for (int i = Integer.parseInt(length); i > 0; i--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }
}
