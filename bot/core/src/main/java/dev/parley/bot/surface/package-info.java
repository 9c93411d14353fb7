/** The socket to a place where people talk, and the neutral words that cross it. */
@NullMarked
package dev.parley.bot.surface;

import org.jspecify.annotations.NullMarked;
