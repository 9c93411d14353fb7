/**
 * Programs that hold the surface and its stand-in against others; started by deploy/peers/slack.sh.
 */
package dev.parley.bot.slack.peer;
