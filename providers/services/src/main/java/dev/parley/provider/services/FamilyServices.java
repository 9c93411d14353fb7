package dev.parley.provider.services;

import dev.parley.catalog.Offering;
import dev.parley.engine.catalog.CatalogFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The everyday services of a family of clouds, whoever reaches the cloud: a simulated AWS and the
 * real one are asked for "a queue" in the same words, and make it of the same type.
 */
public final class FamilyServices {
  private static final Map<String, List<Offering>> READ = new ConcurrentHashMap<>();

  private FamilyServices() {}

  /** Of a family; read from the class path once. Empty where nobody has written any. */
  public static List<Offering> of(String family) {
    return READ.computeIfAbsent(family, FamilyServices::read);
  }

  private static List<Offering> read(String family) {
    String file = "offerings-" + family + ".yaml";
    try (var in = FamilyServices.class.getResourceAsStream(file)) {
      return in == null
          ? List.of()
          : CatalogFiles.offerings(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }
}
