package dev.parley.bot.discord;

import dev.parley.value.Check;

/**
 * One thing that was looked at.
 *
 * @param what connection, command, a guild, a channel
 * @param needed whether the bot is of no use there while it is not right
 */
public record Examined(String what, Check check, boolean needed) {}
