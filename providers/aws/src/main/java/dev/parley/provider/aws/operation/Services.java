package dev.parley.provider.aws.operation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every service client that a class loader can see, by the name of its package: {@code ec2}. Found
 * once, at first use; a client's class is loaded when one of its operations is asked for.
 */
final class Services {
  private static final class Own {
    private static final Services SERVICES = new Services(Services.class.getClassLoader());
  }

  private final ClassLoader jars;
  private volatile Optional<Map<String, Service>> found = Optional.empty();
  private volatile Optional<Map<String, Service>> aliases = Optional.empty();

  private Services(ClassLoader jars) {
    this.jars = jars;
  }

  /** Of a class loader; those of our own class path are shared by all accounts. */
  static Services of(ClassLoader jars) {
    return jars == Services.class.getClassLoader() ? Own.SERVICES : new Services(jars);
  }

  /** All of them, in the order of their names. */
  Collection<Service> all() {
    return found().values();
  }

  /** Their names, in order. */
  List<String> names() {
    return List.copyOf(found().keySet());
  }

  /**
   * One of them.
   *
   * @param name the package's, or the service's own: {@code logs} is {@code cloudwatchlogs}
   */
  Optional<Service> service(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(found().get(wanted))
        .or(() -> Optional.ofNullable(aliases().get(wanted)));
  }

  private synchronized Map<String, Service> found() {
    if (found.isEmpty()) {
      var services = new TreeMap<String, Service>();
      ClientScan.of(jars)
          .forEach(client -> services.putIfAbsent(client.service(), service(client)));
      found = Optional.of(services);
    }
    return found.get();
  }

  private synchronized Map<String, Service> aliases() {
    if (aliases.isEmpty()) {
      var names = new TreeMap<String, Service>();
      all().forEach(service -> service.aliases().forEach(name -> names.putIfAbsent(name, service)));
      aliases = Optional.of(names);
    }
    return aliases.get();
  }

  private Service service(ClientScan.Client client) {
    return new Service(client.service(), client.type(), client.operations(), jars);
  }
}
