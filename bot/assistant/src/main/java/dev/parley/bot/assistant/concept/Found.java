package dev.parley.bot.assistant.concept;

/**
 * A concept where it was found.
 *
 * @param from the first token
 * @param to the token behind the last
 * @param text as it was written
 */
public record Found(int from, int to, String text, Concept concept) {}
