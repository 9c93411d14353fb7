/** Votes, and the receipt that a sufficient set of votes earns. */
@NullMarked
package dev.parley.approval;

import org.jspecify.annotations.NullMarked;
