/**
 * What the rules look at: a plan's resources and the plan itself, with what is derived from them.
 */
@NullMarked
package dev.parley.rules.scene;

import org.jspecify.annotations.NullMarked;
