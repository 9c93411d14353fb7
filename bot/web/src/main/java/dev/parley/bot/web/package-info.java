/** The local web page: a surface with its own threads, live cards, and tabs to look around. */
@NullMarked
package dev.parley.bot.web;

import org.jspecify.annotations.NullMarked;
