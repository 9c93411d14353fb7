/** What single words and short phrases of a request can mean. */
@NullMarked
package dev.parley.bot.assistant.concept;

import org.jspecify.annotations.NullMarked;
