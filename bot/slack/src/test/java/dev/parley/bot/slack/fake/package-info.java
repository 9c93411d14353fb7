/** Slack on this machine, for tests: strict, and not part of the program. */
package dev.parley.bot.slack.fake;
