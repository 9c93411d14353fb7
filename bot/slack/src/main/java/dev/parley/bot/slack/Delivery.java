package dev.parley.bot.slack;

import dev.parley.bot.surface.Inbound;

/** Something that came, and what may be done in answer to it. */
record Delivery(Inbound inbound, Occasion occasion) {}
