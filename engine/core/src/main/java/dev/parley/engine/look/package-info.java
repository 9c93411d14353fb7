/** What the accounts' clouds can be asked outside a run, and what of it is taken in. */
@NullMarked
package dev.parley.engine.look;

import org.jspecify.annotations.NullMarked;
