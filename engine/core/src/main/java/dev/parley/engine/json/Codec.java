package dev.parley.engine.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our records to values and back, for the journal and the wire. A sealed interface's case is named
 * in the field {@code kind} by its simple class name. An unknown field is ignored and a missing
 * optional one is empty, so that a record may gain fields.
 */
public final class Codec {
  private static final ObjectMapper MAPPER = mapper();

  private Codec() {}

  /** A record as an object. */
  public static Fields encode(Object written) {
    return (Fields) Json.fromTree(MAPPER.valueToTree(written));
  }

  /** A sealed interface's case as an object with its {@code kind}. */
  public static <T> Fields encodeAs(Class<T> sealed, T written) {
    try {
      return (Fields) Json.parse(MAPPER.writerFor(sealed).writeValueAsString(written));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + sealed.getSimpleName(), e);
    }
  }

  /**
   * An object as a record.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public static <T> T decode(Fields read, Class<T> type) {
    try {
      return MAPPER.treeToValue(Json.toTree(read), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectMapper mapper() {
    var module = new SimpleModule("parley");
    text(module, Address.class, Address::of);
    text(module, ResourceType.class, ResourceType::of);
    text(module, ResourceId.class, ResourceId::new);
    text(module, Pointer.class, Pointer::of);
    text(module, Digest.class, Digest::new);
    module.addSerializer(Value.class, new ValueWriter());
    module.addDeserializer(Value.class, new ValueReader());
    module.addDeserializer(Fields.class, new FieldsReader());
    module.addSerializer(Set.class, new SetWriter());
    module.addSerializer(WhenChatIsDown.class, new DownWriter());
    module.addDeserializer(WhenChatIsDown.class, new DownReader());
    ObjectMapper mapper = Json.MAPPER.copy();
    mapper
        .configOverride(WhenChatIsDown.class)
        .setInclude(
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    return mapper
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .registerModule(module)
        .setAnnotationIntrospector(new SealedByKind())
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .setVisibility(
            com.fasterxml.jackson.annotation.PropertyAccessor.IS_GETTER,
            com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.NONE);
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> read) {
    module.addSerializer(
        type,
        new JsonSerializer<>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeString(value.toString());
          }
        });
    module.addKeySerializer(
        type,
        new JsonSerializer<>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider all)
              throws IOException {
            out.writeFieldName(value.toString());
          }
        });
    module.addDeserializer(
        type,
        new JsonDeserializer<>() {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read.apply(in.getText());
          }
        });
    module.addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
          }
        });
  }

  private static final class ValueWriter extends JsonSerializer<Value> {
    @Override
    public void serialize(Value value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeTree(Json.toTree(value));
    }

    @Override
    public void serializeWithType(
        Value value,
        JsonGenerator out,
        SerializerProvider all,
        com.fasterxml.jackson.databind.jsontype.TypeSerializer type)
        throws IOException {
      serialize(value, out, all);
    }
  }

  /** Sets in one order, so that equal records are written alike in every process. */
  @SuppressWarnings("rawtypes")
  private static final class SetWriter extends JsonSerializer<Set> {
    @Override
    public void serialize(Set value, JsonGenerator out, SerializerProvider all) throws IOException {
      var sorted = new ArrayList<Object>();
      for (Object element : value) {
        sorted.add(element);
      }
      sorted.sort(Comparator.comparing(Object::toString));
      out.writeStartArray();
      for (Object element : sorted) {
        all.defaultSerializeValue(element, out);
      }
      out.writeEndArray();
    }
  }

  /**
   * Going on is not written down: plans, receipts and their digests are as they were before there
   * was a choice.
   */
  private static final class DownWriter extends JsonSerializer<WhenChatIsDown> {
    @Override
    public void serialize(WhenChatIsDown value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(value.name());
    }

    @Override
    public boolean isEmpty(SerializerProvider all, WhenChatIsDown value) {
      return value == WhenChatIsDown.CONTINUE;
    }
  }

  private static final class DownReader extends JsonDeserializer<WhenChatIsDown> {
    @Override
    public WhenChatIsDown deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      String text = in.getText();
      for (WhenChatIsDown one : WhenChatIsDown.values()) {
        if (one.name().equals(text)) {
          return one;
        }
      }
      return (WhenChatIsDown)
          context.handleWeirdStringValue(WhenChatIsDown.class, text, "it is CONTINUE or WAIT");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return WhenChatIsDown.CONTINUE;
    }
  }

  private static final class ValueReader extends JsonDeserializer<Value> {
    @Override
    public Value deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode tree = in.readValueAsTree();
      return Json.fromTree(tree);
    }
  }

  private static final class FieldsReader extends JsonDeserializer<Fields> {
    @Override
    public Fields deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode tree = in.readValueAsTree();
      return Json.fromTree(tree) instanceof Fields fields ? fields : Fields.EMPTY;
    }
  }

  /** Names the case of our sealed interfaces in {@code kind}; values have their own spelling. */
  private static final class SealedByKind extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final PropertyName OWN_KIND = new PropertyName("ownKind");

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
        com.fasterxml.jackson.databind.cfg.MapperConfig<?> config,
        AnnotatedClass type,
        com.fasterxml.jackson.databind.JavaType base) {
      Class<?> raw = type.getRawType();
      boolean ours = sealedParent(raw) != null;
      if (!ours || Value.class.isAssignableFrom(raw)) {
        return super.findTypeResolver(config, type, base);
      }
      return new StdTypeResolverBuilder()
          .init(JsonTypeInfo.Id.NAME, null)
          .inclusion(JsonTypeInfo.As.PROPERTY)
          .typeProperty("kind");
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
      Class<?> raw = type.getRawType();
      if (raw.isSealed() && raw.isInterface() && !Value.class.isAssignableFrom(raw)) {
        return Arrays.stream(raw.getPermittedSubclasses())
            .map(one -> new NamedType(one, one.getSimpleName()))
            .toList();
      }
      return super.findSubtypes(type);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
      Class<?> raw = type.getRawType();
      return sealedParent(raw) != null && raw.isRecord()
          ? raw.getSimpleName()
          : super.findTypeName(type);
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(Annotated member) {
      return isKind(member) ? OWN_KIND : super.findNameForSerialization(member);
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(Annotated member) {
      return isKind(member) ? OWN_KIND : super.findNameForDeserialization(member);
    }

    /** A case's own component {@code kind} gives way to the case's name. */
    private static boolean isKind(Annotated member) {
      return switch (member) {
        case AnnotatedField field ->
            field.getName().equals("kind") && sealedParent(field.getDeclaringClass()) != null;
        case AnnotatedMethod method ->
            method.getName().equals("kind") && sealedParent(method.getDeclaringClass()) != null;
        default -> false;
      };
    }

    private static @Nullable Class<?> sealedParent(Class<?> raw) {
      if (raw.isSealed() && raw.isInterface()) {
        return raw;
      }
      for (Class<?> parent : raw.getInterfaces()) {
        if (parent.isSealed()) {
          return parent;
        }
      }
      return null;
    }
  }
}
