/** Finds the concepts of a message: one small recogniser each, the longest find wins. */
@NullMarked
package dev.parley.bot.assistant.phrase;

import org.jspecify.annotations.NullMarked;
