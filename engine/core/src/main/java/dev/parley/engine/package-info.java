/** The machine behind all surfaces: one facade over planning, approval, runs and knowledge. */
@NullMarked
package dev.parley.engine;

import org.jspecify.annotations.NullMarked;
