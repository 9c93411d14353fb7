/** What a plan is allowed to do, and what must happen before it may. */
@NullMarked
package dev.parley.policy;

import org.jspecify.annotations.NullMarked;
