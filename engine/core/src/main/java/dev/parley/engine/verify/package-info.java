/** Looks whether what was made works, how to undo it, and whether the clouds have moved. */
@NullMarked
package dev.parley.engine.verify;

import org.jspecify.annotations.NullMarked;
