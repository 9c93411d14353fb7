/** Who a person is: links between a surface's people and a tenant's users, made in the chat. */
@NullMarked
package dev.parley.bot.link;

import org.jspecify.annotations.NullMarked;
