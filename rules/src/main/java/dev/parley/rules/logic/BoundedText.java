package dev.parley.rules.logic;

/**
 * A text that a regular expression may look at only so often: a pattern that runs away is stopped.
 */
final class BoundedText implements CharSequence {
  private static final int LOOKS_PER_LETTER = 2_000;
  private final CharSequence text;
  private final int[] left;

  private BoundedText(CharSequence text, int[] left) {
    this.text = text;
    this.left = left;
  }

  static BoundedText of(String text) {
    return new BoundedText(
        text, new int[] {Math.max(200_000, Math.min(text.length(), 20_000) * LOOKS_PER_LETTER)});
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (left[0]-- <= 0) {
      throw new IllegalStateException(
          "a pattern needs too long for a text of " + text.length() + " letters");
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), left);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
