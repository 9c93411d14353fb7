package dev.parley.bot.assistant.lexicon;

import dev.parley.engine.json.Yaml;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The word lists that are shipped beside the classes. */
final class Data {
  private Data() {}

  static Fields read(String file) {
    try (InputStream in = Data.class.getResourceAsStream("/dev/parley/bot/assistant/" + file)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + file);
      }
      return (Fields)
          Yaml.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(Value list) {
    return list instanceof Items(var items)
        ? items.stream().map(Data::text).toList()
        : list instanceof Text(var one) ? List.of(one) : List.of();
  }

  static int number(Value value) {
    return value instanceof Num(var number) ? number.intValue() : 0;
  }

  private static String text(Value value) {
    return switch (value) {
      case Text(var text) -> text;
      case Num(var number) -> number.toPlainString();
      default -> "";
    };
  }
}
