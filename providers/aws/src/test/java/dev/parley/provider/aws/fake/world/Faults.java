package dev.parley.provider.aws.fake.world;

import dev.parley.provider.aws.fake.world.Fault.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are still to come. */
public final class Faults {
  private final List<Fault> waiting = new ArrayList<>();

  /** Lets something happen; what was added first befalls first. */
  public synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  /** Nothing will happen any more. */
  public synchronized void clear() {
    waiting.clear();
  }

  /** What has not happened yet. */
  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  /** The first effect of a kind that fits; it has happened now. */
  public synchronized <E extends Effect> Optional<E> take(Class<E> kind, Occasion occasion) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (kind.isInstance(fault.effect()) && fault.fits(occasion)) {
        if (fault.times() <= 1) {
          waiting.remove(i);
        } else {
          waiting.set(i, fault.times(fault.times() - 1));
        }
        return Optional.of(kind.cast(fault.effect()));
      }
    }
    return Optional.empty();
  }
}
