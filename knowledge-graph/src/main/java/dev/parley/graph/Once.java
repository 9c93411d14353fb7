package dev.parley.graph;

import java.util.Optional;
import java.util.function.Supplier;

/** Something made at its first use, and kept. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> making;
  private volatile Optional<T> made = Optional.empty();

  Once(Supplier<T> making) {
    this.making = making;
  }

  @Override
  public T get() {
    Optional<T> known = made;
    return known.isPresent() ? known.get() : make();
  }

  private synchronized T make() {
    if (made.isEmpty()) {
      made = Optional.of(making.get());
    }
    return made.orElseThrow();
  }
}
