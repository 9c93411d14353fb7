/**
 * The one closed value type: JSON plus references, secrets and unknowns; money; canonical form and
 * digests.
 */
@NullMarked
package dev.parley.value;

import org.jspecify.annotations.NullMarked;
