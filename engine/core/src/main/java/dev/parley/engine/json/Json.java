package dev.parley.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import dev.parley.value.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * JSON text and trees to values and back. References, secrets and unknowns are one-field objects
 * {@code $ref} ({@code target#pointer}), {@code $secret} and {@code $unknown}; bytes are text in
 * base64.
 */
public final class Json {
  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(200).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * Reads JSON text in which {@code $ref}, {@code $secret} and {@code $unknown} have their meaning.
   *
   * @throws Invalid naming line and column
   */
  public static Value parse(String text) {
    return fromTree(tree(text), true);
  }

  /** Reads JSON text as plain data: a JSON Schema's {@code $ref} stays a field. */
  public static Value parsePlain(String text) {
    return fromTree(tree(text), false);
  }

  /** The text in our usual order, without white space. */
  public static String write(Value value) {
    return toTree(value).toString();
  }

  /** The text for people: two spaces of indent. */
  public static String pretty(Value value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(toTree(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** A Jackson tree to a value, with the marked objects. */
  public static Value fromTree(JsonNode node) {
    return fromTree(node, true);
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || tree.isMissingNode()) {
        throw new Invalid(
            new Problem("line 1", "nothing", "JSON is expected here", "write an object: {}"));
      }
      return tree;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new Invalid(
          new Problem(where, "malformed JSON", e.getOriginalMessage(), "mend the JSON"));
    }
  }

  private static Value fromTree(JsonNode node, boolean marks) {
    return switch (node.getNodeType()) {
      case STRING -> new Text(node.textValue());
      case NUMBER -> new Num(node.decimalValue());
      case BOOLEAN -> new Bool(node.booleanValue());
      case ARRAY -> {
        var items = new ArrayList<Value>(node.size());
        node.forEach(item -> items.add(fromTree(item, marks)));
        yield new Items(items);
      }
      case OBJECT -> marks && node.size() == 1 ? marked(node) : fields(node, marks);
      case NULL, MISSING -> Value.NULL;
      case BINARY -> new Text(node.asText());
      case POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    };
  }

  private static Fields fields(JsonNode node, boolean marks) {
    var fields = new LinkedHashMap<String, Value>();
    node.properties()
        .forEach(field -> fields.put(field.getKey(), fromTree(field.getValue(), marks)));
    return new Fields(fields);
  }

  private static Value marked(JsonNode node) {
    if (node.path("$ref").isTextual()) {
      String text = node.path("$ref").textValue();
      int hash = text.lastIndexOf('#');
      return hash < 0
          ? new Ref(text, "")
          : new Ref(text.substring(0, hash), text.substring(hash + 1));
    }
    if (node.path("$secret").isTextual()) {
      return new Secret(node.path("$secret").textValue());
    }
    if (node.path("$unknown").isTextual()) {
      return new Unknown(node.path("$unknown").textValue());
    }
    return fields(node, true);
  }

  /** A value to a Jackson tree. */
  public static JsonNode toTree(Value value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (value) {
      case Text(var text) -> make.textNode(text);
      case Num(var number) ->
          number.scale() <= 0 && number.precision() - number.scale() <= 18
              ? make.numberNode(number.longValueExact())
              : make.numberNode(number);
      case Bool(var bool) -> make.booleanNode(bool);
      case Null _ -> make.nullNode();
      case Items(var items) -> {
        var array = make.arrayNode(items.size());
        items.forEach(item -> array.add(toTree(item)));
        yield array;
      }
      case Fields(var fields) -> {
        var object = make.objectNode();
        fields.forEach((name, field) -> object.set(name, toTree(field)));
        yield object;
      }
      case Ref(var target, var pointer) -> make.objectNode().put("$ref", target + "#" + pointer);
      case Secret(var reference) -> make.objectNode().put("$secret", reference);
      case Unknown(var why) -> make.objectNode().put("$unknown", why);
    };
  }
}
