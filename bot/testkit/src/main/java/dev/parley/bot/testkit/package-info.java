/** The promises every surface keeps, and what is needed to hold one to them. */
package dev.parley.bot.testkit;
