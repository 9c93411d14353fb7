package dev.parley.provider.sandbox.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Names that only one account of a whole cloud can have. */
final class GlobalNames {
  private final Map<String, String> holders = new ConcurrentHashMap<>();

  Optional<String> holder(String name) {
    return Optional.ofNullable(holders.get(name));
  }

  void claim(String name, String account) {
    holders.putIfAbsent(name, account);
  }

  void release(String name, String account) {
    holders.remove(name, account);
  }
}
