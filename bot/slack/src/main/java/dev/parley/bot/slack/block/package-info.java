/** Cards and forms as Slack draws them: Block Kit, within the platform's limits. */
@NullMarked
package dev.parley.bot.slack.block;

import org.jspecify.annotations.NullMarked;
