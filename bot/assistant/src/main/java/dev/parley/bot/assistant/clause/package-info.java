/** Clauses: which verb, which things, and what belongs to which. */
@NullMarked
package dev.parley.bot.assistant.clause;

import org.jspecify.annotations.NullMarked;
