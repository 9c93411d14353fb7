package dev.parley.engine.json;

import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML files that people write: plain data, with the line of every value. Tags that would make
 * objects, duplicate keys and repeated aliases beyond 50 are refused.
 *
 * @param file its name, for messages
 */
public record Yaml(String file, Value value, Map<Pointer, Integer> lines) {
  public Yaml {
    lines = Map.copyOf(lines);
  }

  /**
   * Reads one document. {@code $ref}, {@code $secret} and {@code $unknown} objects have their
   * meaning, as in {@link Json#parse}.
   *
   * @throws Invalid naming file, line and column
   */
  public static Yaml parse(String file, String text) {
    List<Yaml> all = parseAll(file, text);
    if (all.size() != 1) {
      throw new Invalid(
          new Problem(
              file,
              all.size() + " documents",
              "one is expected",
              "leave one, without '---' lines"));
    }
    return all.getFirst();
  }

  /** Reads all documents of a file that {@code ---} lines divide. */
  public static List<Yaml> parseAll(String file, String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(100);
    options.setCodePointLimit(16 << 20);
    try {
      var documents = new ArrayList<Yaml>();
      for (Node node : new org.yaml.snakeyaml.Yaml(options).composeAll(new StringReader(text))) {
        documents.add(read(file, node));
      }
      return documents;
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      String where =
          mark == null ? file : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
      throw new Invalid(
          new Problem(where, "malformed YAML", String.valueOf(e.getProblem()), "mend the YAML"));
    } catch (YAMLException e) {
      throw new Invalid(
          new Problem(file, "malformed YAML", String.valueOf(e.getMessage()), "mend the YAML"));
    }
  }

  /** {@code file:line} of a place, or of the nearest place around it. */
  public String where(Pointer pointer) {
    for (List<String> way = pointer.segments(); ; way = way.subList(0, way.size() - 1)) {
      Integer line = lines.get(new Pointer(way));
      if (line != null) {
        return file + ":" + line;
      }
      if (way.isEmpty()) {
        return file;
      }
    }
  }

  private static Yaml read(String file, Node node) {
    var lines = new HashMap<Pointer, Integer>();
    Value value = value(file, node, Pointer.ROOT, lines);
    return new Yaml(file, Json.fromTree(Json.toTree(value)), lines);
  }

  private static Value value(String file, Node node, Pointer at, Map<Pointer, Integer> lines) {
    lines.putIfAbsent(at, node.getStartMark().getLine() + 1);
    return switch (node) {
      case ScalarNode scalar -> scalar(file, scalar);
      case SequenceNode sequence -> {
        var items = new ArrayList<Value>();
        for (Node item : sequence.getValue()) {
          items.add(value(file, item, at.child(Integer.toString(items.size())), lines));
        }
        yield new Items(items);
      }
      case MappingNode mapping -> {
        var fields = new LinkedHashMap<String, Value>();
        for (var tuple : mapping.getValue()) {
          String name = key(file, tuple.getKeyNode());
          Pointer field = at.child(name);
          lines.put(field, tuple.getKeyNode().getStartMark().getLine() + 1);
          if (fields.put(name, value(file, tuple.getValueNode(), field, lines)) != null) {
            throw refused(
                file,
                tuple.getKeyNode(),
                "key '" + name + "'",
                "it stands here twice",
                "leave one");
          }
        }
        yield new Fields(fields);
      }
      default ->
          throw refused(
              file, node, "a " + node.getNodeId(), "only plain data is read", "write it out");
    };
  }

  private static String key(String file, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.MERGE)) {
      return scalar.getValue();
    }
    throw refused(file, node, "a key that is no text", "only plain keys are read", "write a word");
  }

  private static Value scalar(String file, ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
      return new Text(text);
    }
    if (tag.equals(Tag.NULL)) {
      return Value.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return switch (text.toLowerCase(java.util.Locale.ROOT)) {
        case "true" -> new Bool(true);
        case "false" -> new Bool(false);
        default -> new Text(text); // yes, no, on, off: words, as in YAML 1.2
      };
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      try {
        return new Num(new BigDecimal(text));
      } catch (NumberFormatException e) {
        return new Text(text); // 0x10, 1_000, 12:30, .inf: as written
      }
    }
    throw refused(
        file, node, "tag " + tag.getValue(), "only plain data is read", "leave the tag out");
  }

  private static Invalid refused(String file, Node node, String what, String why, String next) {
    var mark = node.getStartMark();
    return new Invalid(
        new Problem(
            file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1), what, why, next));
  }
}
