package dev.parley.provider.aws;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something that is made when it is first needed, since opening a provider does nothing yet. */
final class Lazy<T> {
  private final Supplier<T> make;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(make.get());
    }
    return made.get();
  }

  /** Does something with it if it was ever needed, and forgets it. */
  synchronized void end(Consumer<T> ending) {
    made.ifPresent(ending);
    made = Optional.empty();
  }
}
