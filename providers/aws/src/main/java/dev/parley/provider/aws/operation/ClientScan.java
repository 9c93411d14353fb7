package dev.parley.provider.aws.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds service clients by the names of class files, without loading one: {@code
 * software/amazon/awssdk/services/ec2/Ec2Client.class} with {@code model/StopInstancesRequest} and
 * {@code model/StopInstancesResponse}.
 */
final class ClientScan {
  private static final String ROOT = "software/amazon/awssdk/services/";
  private static final Pattern CLIENT =
      Pattern.compile("([a-z0-9/]+)/((?!Default)[A-Za-z0-9]+)(?<!Async)Client\\.class");
  private static final Pattern MODEL =
      Pattern.compile("([a-z0-9/]+)/model/([A-Za-z0-9]+)(Request|Response)\\.class");

  private ClientScan() {}

  /**
   * A client's interface.
   *
   * @param service the package below {@code services}, with dots
   * @param type the interface's name
   * @param operations what seem to be its operations, as their classes are spelled
   */
  record Client(String service, String type, Set<String> operations) {
    Client {
      operations = Set.copyOf(operations);
    }
  }

  /** All that a class loader can see. */
  static List<Client> of(ClassLoader jars) {
    var clients = new TreeMap<String, String>();
    var asked = new TreeMap<String, Set<String>>();
    var answered = new TreeMap<String, Set<String>>();
    Set<String> entries = entries(jars);
    for (String entry : entries) {
      Matcher client = CLIENT.matcher(entry);
      if (client.matches() && entries.contains(entry.replace(".class", "Builder.class"))) {
        String type = (ROOT + client.group(1) + "/" + client.group(2) + "Client").replace('/', '.');
        clients.putIfAbsent(client.group(1), type);
      }
      Matcher model = MODEL.matcher(entry);
      if (model.matches()) {
        (model.group(3).equals("Request") ? asked : answered)
            .computeIfAbsent(model.group(1), _ -> new TreeSet<>())
            .add(model.group(2));
      }
    }
    var found = new ArrayList<Client>();
    clients.forEach(
        (path, type) -> {
          // a client in a package of its own may share its neighbour's model
          String owner = asked.containsKey(path) ? path : path.replaceFirst("/[^/]*$", "");
          Set<String> operations = new TreeSet<>(asked.getOrDefault(owner, Set.of()));
          operations.retainAll(answered.getOrDefault(owner, Set.of()));
          found.add(new Client(path.replace('/', '.'), type, operations));
        });
    return found;
  }

  /** Paths below the services' package. */
  private static Set<String> entries(ClassLoader jars) {
    var entries = new LinkedHashSet<String>();
    try {
      for (URL place : Collections.list(jars.getResources(ROOT))) {
        URLConnection connection = place.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
          try (JarFile file = jar.getJarFile()) {
            read(file, entries);
          }
        } else if (place.getProtocol().equals("file")) {
          walk(Path.of(URI.create(place.toString())), entries);
        }
      }
      if (jars instanceof URLClassLoader loader) {
        for (URL place : loader.getURLs()) {
          if (place.getProtocol().equals("file") && place.getPath().endsWith(".jar")) {
            try (var file = new JarFile(Path.of(URI.create(place.toString())).toFile())) {
              read(file, entries);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the service clients on the class path can't be read", e);
    }
    return entries;
  }

  private static void read(JarFile file, Set<String> entries) {
    file.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.startsWith(ROOT) && name.endsWith(".class"))
        .forEach(name -> entries.add(name.substring(ROOT.length())));
  }

  private static void walk(Path root, Set<String> entries) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.forEach(file -> entries.add(root.relativize(file).toString().replace('\\', '/')));
    }
  }
}
