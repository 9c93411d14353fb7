package dev.parley.bot.surface;

/**
 * What a surface can show; a card degrades by it and never vanishes.
 *
 * @param maxText characters of one card, all its text together
 * @param maxButtons on one card
 * @param remote whether it is a platform beyond a network: what is on its way there is kept until
 *     it has arrived, and people share its channels, so that a request has one root message in the
 *     channel and everything else in the thread that hangs on it
 * @param apart whether files are no part of a card: they follow it by {@link Surface#attach}
 * @param png whether pictures must be PNG; otherwise they are SVG
 * @param maxParts blocks of one card; its title and its buttons are not counted
 * @param maxPart characters of one paragraph or block of code
 */
public record Capabilities(
    boolean whisper,
    boolean form,
    boolean reactions,
    boolean files,
    boolean images,
    boolean edit,
    int maxText,
    int maxButtons,
    boolean remote,
    boolean apart,
    boolean png,
    int maxParts,
    int maxPart,
    Pace pace) {
  /** Of a surface in this process, without limits of its own. */
  public Capabilities(
      boolean whisper,
      boolean form,
      boolean reactions,
      boolean files,
      boolean images,
      boolean edit,
      int maxText,
      int maxButtons) {
    this(
        whisper,
        form,
        reactions,
        files,
        images,
        edit,
        maxText,
        maxButtons,
        false,
        false,
        false,
        1000,
        maxText,
        Pace.ANY);
  }

  /** The same where no file can go along: to one person alone. */
  public Capabilities withoutFiles() {
    return new Capabilities(
        whisper,
        form,
        reactions,
        false,
        false,
        edit,
        maxText,
        maxButtons,
        remote,
        false,
        png,
        maxParts,
        maxPart,
        pace);
  }

  /** The same at another pace. */
  public Capabilities at(Pace other) {
    return new Capabilities(
        whisper,
        form,
        reactions,
        files,
        images,
        edit,
        maxText,
        maxButtons,
        remote,
        apart,
        png,
        maxParts,
        maxPart,
        other);
  }
}
