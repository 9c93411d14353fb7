/** Which tenant a place belongs to, and what may be done there. */
@NullMarked
package dev.parley.bot.route;

import org.jspecify.annotations.NullMarked;
