package dev.parley.provider.aws.operation;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import software.amazon.awssdk.core.document.Document;

/** The SDK's free-form documents as values, and back. */
final class Documents {
  private Documents() {}

  static Document write(Value value) {
    return switch (value) {
      case Text(var text) -> Document.fromString(text);
      case Num(var number) -> Document.fromNumber(number);
      case Bool(var bool) -> Document.fromBoolean(bool);
      case Items(var items) -> Document.fromList(items.stream().map(Documents::write).toList());
      case Fields(var fields) -> {
        var map = new LinkedHashMap<String, Document>();
        fields.forEach((name, field) -> map.put(name, write(field)));
        yield Document.fromMap(map);
      }
      case Value.Null _ -> Document.fromNull();
      case Value.Ref _, Value.Secret _, Value.Unknown _ ->
          throw new IllegalArgumentException("a document holds plain values only");
    };
  }

  static Value read(Document document) {
    if (document.isString()) {
      return Value.text(document.asString());
    }
    if (document.isBoolean()) {
      return Value.bool(document.asBoolean());
    }
    if (document.isNumber()) {
      return Value.num(new BigDecimal(document.asNumber().stringValue()));
    }
    if (document.isList()) {
      return new Items(document.asList().stream().map(Documents::read).toList());
    }
    if (document.isMap()) {
      var fields = new LinkedHashMap<String, Value>();
      document.asMap().forEach((name, field) -> fields.put(name, read(field)));
      return new Fields(fields);
    }
    return Value.NULL;
  }
}
