/** Assertions over properties, in three values: pass, fail, unknown. */
@NullMarked
package dev.parley.rules.logic;

import org.jspecify.annotations.NullMarked;
