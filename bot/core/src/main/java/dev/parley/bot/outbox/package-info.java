/** What is on its way to a surface: paced, retried, the newest state last. */
@NullMarked
package dev.parley.bot.outbox;

import org.jspecify.annotations.NullMarked;
