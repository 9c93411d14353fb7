package dev.parley.bot.surface;

/**
 * What a surface can show; a card degrades by it and never vanishes.
 *
 * @param maxText characters of one message
 * @param maxButtons on one card
 */
public record Capabilities(
    boolean whisper,
    boolean form,
    boolean reactions,
    boolean files,
    boolean images,
    boolean edit,
    int maxText,
    int maxButtons) {}
