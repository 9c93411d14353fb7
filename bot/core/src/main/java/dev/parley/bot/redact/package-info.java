/** What must not be kept of a text: credentials that people paste. */
@NullMarked
package dev.parley.bot.redact;

import org.jspecify.annotations.NullMarked;
