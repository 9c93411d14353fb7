/** The graph of what exists and why. */
@NullMarked
package dev.parley.knowledge;

import org.jspecify.annotations.NullMarked;
