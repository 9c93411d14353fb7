/** Slack as a surface. */
@NullMarked
package dev.parley.bot.slack;

import org.jspecify.annotations.NullMarked;
