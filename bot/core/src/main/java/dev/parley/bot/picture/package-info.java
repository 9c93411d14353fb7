/** Pictures made on the server: graphs of resources as SVG. */
@NullMarked
package dev.parley.bot.picture;

import org.jspecify.annotations.NullMarked;
