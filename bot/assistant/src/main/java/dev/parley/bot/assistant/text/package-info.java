/** Words and numbers of a message, before any of them means something. */
@NullMarked
package dev.parley.bot.assistant.text;

import org.jspecify.annotations.NullMarked;
