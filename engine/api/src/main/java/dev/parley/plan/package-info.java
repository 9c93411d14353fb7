/** What is wanted, and what would change. */
@NullMarked
package dev.parley.plan;

import org.jspecify.annotations.NullMarked;
