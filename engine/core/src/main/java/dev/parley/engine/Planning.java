package dev.parley.engine;

import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.resolve.Wish;

/** Makes a wish into a plan, priced and judged. */
@FunctionalInterface
public interface Planning {
  Resolution resolve(Wish wish, Appraisal appraisal);
}
