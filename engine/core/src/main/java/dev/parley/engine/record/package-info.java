/** Events into statements: what exists, why, and who agreed to it, for the graph. */
@NullMarked
package dev.parley.engine.record;

import org.jspecify.annotations.NullMarked;
