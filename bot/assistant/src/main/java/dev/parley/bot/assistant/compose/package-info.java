/** Makes a Draft of what was taken apart, with the conversation in mind. */
@NullMarked
package dev.parley.bot.assistant.compose;

import org.jspecify.annotations.NullMarked;
