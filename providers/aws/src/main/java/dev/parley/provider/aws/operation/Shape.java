package dev.parley.provider.aws.operation;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The SDK's own description of one class of its model. It is public and called protected: a test
 * over every client on the class path watches it.
 *
 * @param type the model's class, not its builder's
 */
record Shape(Class<?> type, List<SdkField<?>> fields) {
  private static final ConcurrentMap<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

  Shape {
    fields = List.copyOf(fields);
  }

  /** Of a request's or response's class. */
  static Shape of(Class<?> type) {
    return KNOWN.computeIfAbsent(type, t -> new Shape(t, blank(t).sdkFields()));
  }

  /** Of what stands in a field that holds an object. */
  static Shape in(SdkField<?> field) {
    SdkPojo builder = field.constructor().get();
    Class<?> type = ((Buildable) builder).build().getClass();
    return KNOWN.computeIfAbsent(type, t -> new Shape(t, builder.sdkFields()));
  }

  /** An empty builder of a class. */
  static SdkPojo blank(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no builder as models have", e);
    }
  }

  static MarshallingKnownType kind(SdkField<?> field) {
    return field.marshallingType().getKnownType();
  }

  /**
   * Whether it must be given, as far as the SDK knows: most services' models keep that to
   * themselves, but a part of the path is always needed.
   */
  static boolean required(SdkField<?> field) {
    return field.containsTrait(RequiredTrait.class)
        || field.location() == MarshallLocation.PATH
        || field.location() == MarshallLocation.GREEDY_PATH;
  }

  /** The member that makes a repeated call harmless, if there is one. */
  Optional<SdkField<?>> token() {
    return fields.stream()
        .filter(field -> kind(field) == MarshallingKnownType.STRING)
        .filter(field -> field.containsTrait(DefaultValueTrait.class) || named(field))
        .findFirst();
  }

  private static boolean named(SdkField<?> field) {
    return Set.of("clienttoken", "clientrequesttoken", "idempotencytoken")
        .contains(field.memberName().toLowerCase(Locale.ROOT));
  }

  /** The texts that the SDK knows for a member; none if any will do. */
  Set<String> known(SdkField<?> field) {
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 0
          && method.getName().equalsIgnoreCase(field.memberName())
          && method.getDeclaringClass() == type) {
        return texts(method);
      }
    }
    return Set.of();
  }

  private static Set<String> texts(Method getter) {
    Class<?> type = getter.getReturnType();
    if (getter.getGenericReturnType() instanceof ParameterizedType list
        && List.class.isAssignableFrom(type)
        && list.getActualTypeArguments()[0] instanceof Class<?> item) {
      type = item;
    }
    var texts = new TreeSet<String>();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
          texts.add(constant.toString());
        }
      }
    }
    return texts;
  }
}
