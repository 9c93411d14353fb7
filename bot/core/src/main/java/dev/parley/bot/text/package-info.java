/** Cards as plain text, for terminals and transcripts. */
@NullMarked
package dev.parley.bot.text;

import org.jspecify.annotations.NullMarked;
