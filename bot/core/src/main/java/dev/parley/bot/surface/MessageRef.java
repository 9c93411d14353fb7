package dev.parley.bot.surface;

/** Names a message that was posted, so that it can be edited or reacted to. */
public record MessageRef(Place place, String id) {}
