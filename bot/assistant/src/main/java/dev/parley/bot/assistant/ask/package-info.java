/** Questions about what exists and why, as the ready-made questions of the graph. */
@NullMarked
package dev.parley.bot.assistant.ask;

import org.jspecify.annotations.NullMarked;
