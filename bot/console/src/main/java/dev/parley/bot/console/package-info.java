/** The terminal as a place to talk: boxed cards, numbered buttons, threads by number. */
@NullMarked
package dev.parley.bot.console;

import org.jspecify.annotations.NullMarked;
