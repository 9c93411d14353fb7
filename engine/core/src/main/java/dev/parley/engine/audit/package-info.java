/** The hash-chained record of who did what. */
@NullMarked
package dev.parley.engine.audit;

import org.jspecify.annotations.NullMarked;
