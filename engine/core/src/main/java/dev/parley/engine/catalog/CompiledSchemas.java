package dev.parley.engine.catalog;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Schemas made ready for checking, kept as long as the schema value itself lives. Found by
 * identity: comparing a large schema field by field would cost more than the check.
 */
final class CompiledSchemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Map<Key, Schema> compiled = new ConcurrentHashMap<>();
  private final ReferenceQueue<Fields> gone = new ReferenceQueue<>();

  Schema of(Fields schema) {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      compiled.remove(dead);
    }
    return compiled.computeIfAbsent(new Key(schema, gone), _ -> compile(schema));
  }

  private static Schema compile(Fields schema) {
    Schema ready = REGISTRY.getSchema(Json.toTree(schema));
    ready.initializeValidators();
    return ready;
  }

  private static final class Key extends WeakReference<Fields> {
    private final int hash;

    Key(Fields schema, ReferenceQueue<Fields> gone) {
      super(schema, gone);
      hash = System.identityHashCode(schema);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }
}
