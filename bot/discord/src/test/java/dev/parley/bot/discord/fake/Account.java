package dev.parley.bot.discord.fake;

/**
 * Somebody with an account.
 *
 * @param pending whether the guild's rules are not accepted yet
 */
record Account(String id, String name, boolean bot, boolean pending) {}
