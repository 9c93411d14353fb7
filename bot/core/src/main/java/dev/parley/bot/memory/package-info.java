/** A surface without a platform: the reference implementation, for tests and transcripts. */
@NullMarked
package dev.parley.bot.memory;

import org.jspecify.annotations.NullMarked;
