/** Takes credentials out of what comes from outside, before anybody reads or keeps it. */
@NullMarked
package dev.parley.engine.redact;

import org.jspecify.annotations.NullMarked;
