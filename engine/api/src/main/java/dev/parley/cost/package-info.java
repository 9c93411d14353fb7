/** What a plan costs. */
@NullMarked
package dev.parley.cost;

import org.jspecify.annotations.NullMarked;
