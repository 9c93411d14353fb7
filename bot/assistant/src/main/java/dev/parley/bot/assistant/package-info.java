/** The offline planner: everyday requests to Drafts, without a model. */
@NullMarked
package dev.parley.bot.assistant;

import org.jspecify.annotations.NullMarked;
