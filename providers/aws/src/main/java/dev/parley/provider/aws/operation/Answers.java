package dev.parley.provider.aws.operation;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads the SDK's objects as documents: moments as ISO 8601, bytes as base64, enums as their texts;
 * what the service did not send is left out. What the service's model marks as sensitive is hidden.
 */
final class Answers {
  /** Stands where the service sent something sensitive. */
  static final Value HIDDEN = Value.text("(hidden: the service marks this as sensitive)");

  private static final String REDACTED = "=*** Sensitive Data Redacted ***)";
  private static final ConcurrentMap<Member, Boolean> SENSITIVE = new ConcurrentHashMap<>();

  private record Member(Class<?> type, String name) {}

  private Answers() {}

  /** All of it, with what is sensitive hidden. */
  static Fields read(SdkPojo object) {
    return read(object, true);
  }

  /** All of it, whatever it is; for what we wrote ourselves. */
  static Fields whole(SdkPojo object) {
    return read(object, false);
  }

  /**
   * An answer that hands out secrets, whatever its model says: only its members' names are left.
   */
  static Fields veiled(Fields answer) {
    var names = new LinkedHashMap<String, Value>();
    answer.fields().keySet().forEach(name -> names.put(name, HIDDEN));
    return new Fields(names);
  }

  private static Fields read(SdkPojo object, boolean hide) {
    var fields = new LinkedHashMap<String, Value>();
    for (SdkField<?> field : object.sdkFields()) {
      Object value = field.getValueOrDefault(object);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        fields.put(
            field.memberName(),
            hide && sensitive(object, field, value) ? HIDDEN : value(field, value, hide));
      }
    }
    return new Fields(fields);
  }

  private static Value value(SdkField<?> field, Object value, boolean hide) {
    return switch (value) {
      case String text -> Value.text(text);
      case Boolean bool -> Value.bool(bool);
      case BigDecimal number -> Value.num(number);
      case Double number -> decimal(number.toString());
      case Float number -> decimal(number.toString());
      case Number number -> Value.num(number.longValue());
      case Instant moment -> Value.text(moment.toString());
      case SdkBytes bytes ->
          Value.text(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      case Document document -> Documents.read(document);
      case SdkPojo inner -> read(inner, hide);
      case List<?> list -> {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        var items = new ArrayList<Value>();
        list.forEach(item -> items.add(item == null ? Value.NULL : value(member, item, hide)));
        yield new Items(items);
      }
      case Map<?, ?> map -> {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        var entries = new LinkedHashMap<String, Value>();
        map.forEach(
            (name, item) ->
                entries.put(
                    String.valueOf(name), item == null ? Value.NULL : value(member, item, hide)));
        yield new Fields(entries);
      }
      default ->
          throw new IllegalStateException(
              field.memberName() + " holds " + value.getClass() + ", which is not known here");
    };
  }

  /**
   * Whether a class hides a member from its own {@code toString}; learned once, by showing it an
   * object that holds nothing else.
   */
  private static boolean sensitive(SdkPojo object, SdkField<?> field, Object value) {
    return SENSITIVE.computeIfAbsent(
        new Member(object.getClass(), field.memberName()),
        member -> {
          SdkPojo alone = Shape.blank(member.type());
          field.set(alone, value instanceof String ? "x" : value);
          String shown = ((Buildable) alone).build().toString();
          return shown.endsWith("(" + member.name() + REDACTED);
        });
  }

  private static Value decimal(String number) {
    return number.matches("-?[0-9.Ee+-]+")
        ? Value.num(new BigDecimal(number))
        : Value.text(number); // NaN and Infinity have no number in JSON
  }
}
