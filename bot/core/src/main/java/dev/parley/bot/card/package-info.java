/** Cards: what is said at each stage, as parts for people and as JSON for programs. */
@NullMarked
package dev.parley.bot.card;

import org.jspecify.annotations.NullMarked;
