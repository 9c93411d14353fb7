/**
 * Load drivers and JMH benchmarks over the whole program. Ratios within one run count, digits do
 * not.
 */
@NullMarked
package dev.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
