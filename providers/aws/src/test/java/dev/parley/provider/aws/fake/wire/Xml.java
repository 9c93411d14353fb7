package dev.parley.provider.aws.fake.wire;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;

/** Values as the XML of the query protocols: a list's items are elements of one name. */
final class Xml {
  private final String item;
  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n");

  private Xml(String item) {
    this.item = item;
  }

  /** A document; without namespace if that is empty. */
  static String write(String root, String namespace, String item, Fields body) {
    var xml = new Xml(item);
    String attribute = namespace.isEmpty() ? "" : " xmlns=\"" + namespace + "\"";
    xml.out.append('<').append(root).append(attribute).append('>');
    xml.content(body);
    xml.out.append("</").append(root).append('>');
    return xml.out.toString();
  }

  private void element(String name, Value value) {
    out.append('<').append(name).append('>');
    content(value);
    out.append("</").append(name).append('>');
  }

  private void content(Value value) {
    switch (value) {
      case Fields(var fields) -> fields.forEach(this::element);
      case Items(var items) -> items.forEach(each -> element(item, each));
      case Text(var text) -> out.append(escape(text));
      case Num(var number) -> out.append(number.toPlainString());
      case Bool(var bool) -> out.append(bool);
      case Value.Null _ -> {}
      case Value.Ref _, Value.Secret _, Value.Unknown _ ->
          throw new IllegalArgumentException("no data: " + value);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
