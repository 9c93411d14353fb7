package dev.parley.provider.aws.operation;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Writes a checked document into the SDK's request. JSON's null is left out.
 *
 * @param secret a secret's text by its reference, looked up at the last moment
 */
record Inputs(UnaryOperator<String> secret) {

  /** The request that a document means. */
  SdkRequest write(Class<? extends SdkRequest> type, Fields input) {
    return type.cast(fill(Shape.blank(type), input));
  }

  private Object fill(SdkPojo builder, Fields input) {
    for (SdkField<?> field : builder.sdkFields()) {
      input
          .get(field.memberName())
          .filter(value -> !(value instanceof Value.Null))
          .ifPresent(value -> field.set(builder, value(field, value)));
    }
    return ((Buildable) builder).build();
  }

  private Object value(SdkField<?> field, Value value) {
    return switch (Shape.kind(field)) {
      case STRING -> text(value);
      case INTEGER -> number(value).intValueExact();
      case LONG -> number(value).longValueExact();
      case SHORT -> number(value).shortValueExact();
      case BYTE -> number(value).byteValueExact();
      case FLOAT -> number(value).floatValue();
      case DOUBLE -> number(value).doubleValue();
      case BIG_DECIMAL -> number(value);
      case BOOLEAN -> ((Bool) value).bool();
      case INSTANT ->
          (value instanceof Num(var seconds) ? Instants.of(seconds) : Instants.of(text(value)))
              .orElseThrow();
      case SDK_BYTES -> bytes(value);
      case DOCUMENT -> Documents.write(value);
      case SDK_POJO -> fill(field.constructor().get(), (Fields) value);
      case LIST -> {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        var list = new ArrayList<Object>();
        ((Items) value).items().forEach(item -> list.add(value(member, item)));
        yield list;
      }
      case MAP -> {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        var map = new LinkedHashMap<String, Object>();
        ((Fields) value).fields().forEach((name, item) -> map.put(name, value(member, item)));
        yield map;
      }
      case NULL -> throw new IllegalStateException("a member that holds nothing: " + field);
    };
  }

  private SdkBytes bytes(Value value) {
    return switch (value) {
      case Fields _, Items _ -> SdkBytes.fromUtf8String(Json.write(value));
      case Secret(var reference) -> SdkBytes.fromUtf8String(secret.apply(reference));
      default -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text(value)));
    };
  }

  private String text(Value value) {
    return value instanceof Secret(var reference) ? secret.apply(reference) : ((Text) value).text();
  }

  private static BigDecimal number(Value value) {
    return ((Num) value).number();
  }
}
