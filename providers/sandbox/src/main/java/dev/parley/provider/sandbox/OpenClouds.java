package dev.parley.provider.sandbox;

import dev.parley.provider.sandbox.cloud.Profile;
import dev.parley.provider.sandbox.cloud.SandboxCloud;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clouds that live in this process, one for each folder: providers of one folder share it, and
 * the last one to close closes it.
 */
final class OpenClouds {
  private static final Map<Path, Shared> BY_FOLDER = new HashMap<>();
  private static final Map<SandboxCloud, Path> FOLDERS = new IdentityHashMap<>();

  private OpenClouds() {}

  private static final class Shared {
    private final SandboxCloud cloud;
    private final Map<String, Profile> profiles;
    private int users;

    Shared(SandboxCloud cloud, Map<String, Profile> profiles) {
      this.cloud = cloud;
      this.profiles = profiles;
    }
  }

  /** The cloud of a folder. */
  static synchronized SandboxCloud take(
      Path folder, Clock clock, String account, SandboxSettings settings) {
    Path key = folder.toAbsolutePath().normalize();
    Shared shared = BY_FOLDER.get(key);
    if (shared == null) {
      Map<String, Profile> profiles = new ConcurrentHashMap<>(Map.of(account, settings.profile()));
      SandboxCloud cloud =
          settings.durable()
              ? SandboxCloud.in(key, clock, name -> profiles.getOrDefault(name, settings.profile()))
              : SandboxCloud.inMemory(
                  clock, name -> profiles.getOrDefault(name, settings.profile()));
      shared = new Shared(cloud, profiles);
      BY_FOLDER.put(key, shared);
      FOLDERS.put(cloud, key);
    }
    shared.profiles.put(account, settings.profile());
    if (!settings.faults().isEmpty()) {
      shared.cloud.faults(settings.faults());
    }
    shared.users++;
    return shared.cloud;
  }

  /** Gives it back. */
  static synchronized void giveBack(SandboxCloud cloud) {
    Path key = FOLDERS.get(cloud);
    Shared shared = key == null ? null : BY_FOLDER.get(key);
    if (key != null && shared != null && --shared.users == 0) {
      BY_FOLDER.remove(key);
      FOLDERS.remove(cloud);
      cloud.close();
    }
  }
}
