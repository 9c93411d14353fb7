package dev.parley.provider.aws.account;

import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Further clients of the SDK, from jars in a folder that the operator names: a service that this
 * program was not shipped with. Jars are code; without a folder nothing is loaded.
 *
 * <p>What the program already has comes before what a jar brings, so that all clients share one
 * core; a jar must be of the same version.
 */
public final class Plugins implements AutoCloseable {
  private final Optional<Path> folder;
  private @Nullable URLClassLoader loader;

  /**
   * @param folder as configured; empty for none
   */
  public Plugins(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * What knows the program's own clients and those of the jars; reads the folder the first time.
   *
   * @throws Invalid if the folder can't be read
   */
  public synchronized ClassLoader loader() {
    if (folder.isEmpty()) {
      return Plugins.class.getClassLoader();
    }
    if (loader == null) {
      loader =
          new URLClassLoader("aws-plugins", urls(folder.get()), Plugins.class.getClassLoader());
    }
    return loader;
  }

  private static URL[] urls(Path folder) {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new Invalid(
          new Problem(
              "plugins",
              folder.toString(),
              "the folder can't be read: " + e.getMessage(),
              "make it, or leave 'plugins' out"));
    }
    var urls = new ArrayList<URL>();
    for (Path jar : jars) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
    return urls.toArray(URL[]::new);
  }

  @Override
  public synchronized void close() {
    if (loader != null) {
      try {
        loader.close();
      } catch (IOException e) {
        // the jars were only read
      }
      loader = null;
    }
  }
}
