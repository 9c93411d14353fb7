/** Discord as a surface. */
@NullMarked
package dev.parley.bot.discord;

import org.jspecify.annotations.NullMarked;
