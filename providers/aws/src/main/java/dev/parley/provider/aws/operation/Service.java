package dev.parley.provider.aws.operation;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** One service's client, and what it can be asked. Its classes are loaded when they are needed. */
final class Service {
  private final String name;
  private final String type;
  private final Set<String> spelled;
  private final ClassLoader jars;
  private volatile Optional<Map<String, Signature>> operations = Optional.empty();

  Service(String name, String type, Set<String> spelled, ClassLoader jars) {
    this.name = name;
    this.type = type;
    this.spelled = spelled;
    this.jars = jars;
  }

  /** The package's name: {@code ec2}. */
  String name() {
    return name;
  }

  /** What seem to be its operations, by their classes' names; a little more than there are. */
  Set<String> spelled() {
    return spelled;
  }

  /** The client's interface. */
  Class<? extends SdkClient> client() {
    return load(type).asSubclass(SdkClient.class);
  }

  /** The names the service has besides its package's, in lower case. */
  Set<String> aliases() {
    var names = new TreeSet<String>();
    Class<?> client = client();
    for (String constant : new String[] {"SERVICE_NAME", "SERVICE_METADATA_ID"}) {
      try {
        names.add(String.valueOf(client.getField(constant).get(null)).toLowerCase(Locale.ROOT));
      } catch (NoSuchFieldException | IllegalAccessException _) {
        // a client without the constant has one name less
      }
    }
    return names;
  }

  /** One operation; upper and lower case mean the same. */
  Optional<Signature> operation(String operation) {
    return Optional.ofNullable(operations().get(operation.toLowerCase(Locale.ROOT)))
        .or(() -> events(operation));
  }

  /** All that the blocking client offers. */
  Collection<Signature> all() {
    return operations().values().stream().distinct().toList();
  }

  private synchronized Map<String, Signature> operations() {
    if (operations.isEmpty()) {
      var found = new TreeMap<String, Signature>();
      for (Method method : client().getMethods()) {
        Signature.of(name, method)
            .ifPresent(
                signature -> {
                  found.merge(key(signature.operation()), signature, Signature::plainer);
                  found.merge(key(signature.spelled()), signature, Signature::plainer);
                });
      }
      operations = Optional.of(found);
    }
    return operations.get();
  }

  /** An operation that only the client for event streams offers. */
  private Optional<Signature> events(String operation) {
    Optional<String> request =
        spelled.stream().filter(name -> name.equalsIgnoreCase(operation)).findFirst();
    String model = type.substring(0, type.lastIndexOf('.')) + ".model.";
    try {
      return request.map(
          name ->
              new Signature(
                  this.name,
                  name,
                  Optional.empty(),
                  load(model + name + "Request").asSubclass(SdkRequest.class),
                  load(model + name + "Response").asSubclass(SdkResponse.class),
                  Signature.Body.EVENTS));
    } catch (ClassCastException | IllegalStateException e) {
      return Optional.empty(); // a part of another operation's input that is called a request
    }
  }

  private Class<?> load(String className) {
    try {
      return Class.forName(className, false, jars);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class file of service " + name + " can't be loaded", e);
    }
  }

  private static String key(String operation) {
    return operation.toLowerCase(Locale.ROOT);
  }
}
