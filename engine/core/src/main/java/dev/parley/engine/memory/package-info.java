/** The reference journal and store, in memory, and what every store over a journal shares. */
@NullMarked
package dev.parley.engine.memory;

import org.jspecify.annotations.NullMarked;
