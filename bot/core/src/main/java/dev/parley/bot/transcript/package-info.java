/** Conversations as text files: played, printed, and checked. */
@NullMarked
package dev.parley.bot.transcript;

import org.jspecify.annotations.NullMarked;
