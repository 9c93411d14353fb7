/** A plan carried out: events, journal, store. */
@NullMarked
package dev.parley.run;

import org.jspecify.annotations.NullMarked;
