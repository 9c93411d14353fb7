package dev.parley.provider.sandbox.cloud;

import dev.parley.provider.sandbox.catalog.Behaviour;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Fills the templates of a {@link Behaviour}. In a text, these stand for something:
 *
 * <ul>
 *   <li>{@code {/Pointer}} a property or an earlier output; {@code {last:/P}} what stands behind
 *       its last slash or colon; {@code {dashed:/P}} with dashes for dots; {@code {swap:/P,a,b}}
 *       with b for a; {@code {pick:/P,x=1,y=2,3}} 1 if it is x, 2 if it is y, else 3
 *   <li>{@code {name}} the resource's name, {@code {name:32}} at most so long, {@code {plain:24}}
 *       its small letters and digits; {@code {region}}; {@code {zone}} a letter; {@code {account}}
 *       the vendor's number of the account; {@code {revision}} 1
 *   <li>{@code {hex:8}}, {@code {upper:8}}, {@code {letters:8}}, {@code {digits:8}}, {@code
 *       {base64:8}}, {@code {uuid}}, {@code {ip:10}}: generated
 * </ul>
 */
final class Outputs {
  private static final Pattern HOLE = Pattern.compile("\\{([^{}]+)}");
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final Dice dice;
  private final String name;
  private final String region;
  private final String account;
  private final String zone;

  Outputs(Dice dice, String name, String region, String account) {
    this.dice = dice;
    this.name = name;
    this.region = region;
    this.account = account;
    this.zone = dice.signs("abc", 1);
  }

  /** The properties with the cloud's defaults where they are silent. */
  Fields defaults(Fields properties, Behaviour behaviour) {
    Fields now = properties;
    for (Map.Entry<Pointer, Value> one : behaviour.defaults().entrySet()) {
      if (one.getKey().in(now).isEmpty() && reachable(now, one.getKey())) {
        now = one.getKey().set(now, fill(one.getValue(), now));
      }
    }
    return now;
  }

  /** The properties with everything that the cloud generates. */
  Fields generated(
      Fields properties, Behaviour behaviour, Function<Behaviour.Copy, Optional<Value>> pointedAt) {
    Fields now = properties;
    for (Map.Entry<Pointer, Behaviour.Copy> copy : behaviour.copies().entrySet()) {
      Optional<Value> value = pointedAt.apply(copy.getValue());
      if (value.isPresent()) {
        now = copy.getKey().set(now, value.get());
      }
    }
    now = lay(now, behaviour.outputs());
    for (Behaviour.When when : behaviour.when()) {
      if (Behaviour.given(when.property().in(properties))) {
        now = lay(now, when.outputs());
      }
    }
    return now;
  }

  /** The properties with these laid over. */
  Fields lay(Fields properties, Map<Pointer, Value> values) {
    Fields now = properties;
    for (Map.Entry<Pointer, Value> one : values.entrySet()) {
      now = one.getKey().set(now, fill(one.getValue(), now));
    }
    return now;
  }

  /** A default deep inside an optional object is no reason to make the object. */
  private static boolean reachable(Fields properties, Pointer at) {
    int depth = at.segments().size();
    return depth < 2
        || at.segments().getFirst().equals("properties") && depth == 2
        || new Pointer(at.segments().subList(0, depth - 1)).in(properties).isPresent();
  }

  private Value fill(Value template, Fields around) {
    return switch (template) {
      case Text(var text) -> new Text(fill(text, around));
      case Items(var items) -> new Items(items.stream().map(item -> fill(item, around)).toList());
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach((field, value) -> filled.put(field, fill(value, around)));
        yield new Fields(filled);
      }
      default -> template;
    };
  }

  private String fill(String template, Fields around) {
    return HOLE.matcher(template)
        .replaceAll(hole -> java.util.regex.Matcher.quoteReplacement(hole(hole.group(1), around)));
  }

  private String hole(String hole, Fields around) {
    if (hole.startsWith("/")) {
      return at(hole, around);
    }
    int colon = hole.indexOf(':');
    String word = colon < 0 ? hole : hole.substring(0, colon);
    String rest = colon < 0 ? "" : hole.substring(colon + 1);
    return switch (word) {
      case "name" -> rest.isEmpty() ? name : shortened(name, Integer.parseInt(rest));
      case "plain" ->
          shortened(
              name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", ""),
              Integer.parseInt(rest));
      case "region" -> region;
      case "account" -> account;
      case "zone" -> zone;
      case "revision" -> "1";
      case "uuid" -> dice.uuid();
      case "hex" -> dice.hex(Integer.parseInt(rest));
      case "upper" -> dice.signs(UPPER, Integer.parseInt(rest));
      case "letters" -> dice.signs(LETTERS, Integer.parseInt(rest));
      case "digits" -> dice.digits(Integer.parseInt(rest));
      case "base64" -> dice.base64(Integer.parseInt(rest));
      case "ip" -> dice.address(Integer.parseInt(rest));
      case "dashed" -> at(rest, around).replace('.', '-');
      case "last" -> at(rest, around).replaceAll("^.*[/:]", "");
      case "swap" -> {
        String[] parts = rest.split(",");
        yield at(parts[0], around).replace(parts[1], parts[2]);
      }
      case "pick" -> pick(rest.split(","), around);
      default -> throw new IllegalStateException("no such template word: {" + hole + "}");
    };
  }

  private static String pick(String[] parts, Fields around) {
    String value = at(parts[0], around);
    for (int i = 1; i < parts.length - 1; i++) {
      if (parts[i].startsWith(value + "=")) {
        return parts[i].substring(value.length() + 1);
      }
    }
    return parts[parts.length - 1];
  }

  private static String at(String pointer, Fields around) {
    return Pointer.of(pointer)
        .in(around)
        .map(
            value ->
                switch (value) {
                  case Text(var text) -> text;
                  case Value.Num(var number) -> number.toPlainString();
                  default -> "";
                })
        .orElse("");
  }

  private static String shortened(String name, int length) {
    return name.length() <= length
        ? name
        : name.substring(0, length).replaceAll("[^A-Za-z0-9]+$", "");
  }
}
