package dev.parley.value;

/**
 * One mistake in what a person gave us, told so that they can mend it.
 *
 * @param where file and line, JSON pointer, address or column: as exact as is known
 * @param what what stands there
 * @param why why it can't be taken
 * @param next what to do instead
 */
public record Problem(String where, String what, String why, String next) {
  /** One line: where: what: why. Next. */
  @Override
  public String toString() {
    return (where.isBlank() ? "" : where + ": ")
        + what
        + ": "
        + why
        + (next.isBlank() ? "" : ". " + next);
  }
}
