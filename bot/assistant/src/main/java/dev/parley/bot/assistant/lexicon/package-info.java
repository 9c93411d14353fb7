/**
 * The words of a conversation: everyday English, the clouds' words, and the names of what exists.
 */
@NullMarked
package dev.parley.bot.assistant.lexicon;

import org.jspecify.annotations.NullMarked;
