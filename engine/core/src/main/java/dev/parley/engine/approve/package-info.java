/** Votes, receipts, and the last look before a plan may run. */
@NullMarked
package dev.parley.engine.approve;

import org.jspecify.annotations.NullMarked;
