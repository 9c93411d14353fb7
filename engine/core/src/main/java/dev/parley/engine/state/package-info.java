/** The engine's state, folded from its events. */
@NullMarked
package dev.parley.engine.state;

import org.jspecify.annotations.NullMarked;
