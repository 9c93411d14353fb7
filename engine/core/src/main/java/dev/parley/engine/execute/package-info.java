/** Carries out plans: runs, their steps, and what to do when a provider says no. */
@NullMarked
package dev.parley.engine.execute;

import org.jspecify.annotations.NullMarked;
