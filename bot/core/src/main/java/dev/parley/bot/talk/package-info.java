/** The conversation: who said what, what it means, and what is shown in return. */
@NullMarked
package dev.parley.bot.talk;

import org.jspecify.annotations.NullMarked;
