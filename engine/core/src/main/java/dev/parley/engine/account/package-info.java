/** Which accounts there are, and their opened providers. */
@NullMarked
package dev.parley.engine.account;

import org.jspecify.annotations.NullMarked;
