package dev.parley.provider.aws.error;

/** What an answer of AWS means for what comes next, whatever service gave it. */
enum Meaning {
  THROTTLED,
  /** Not applied, or harmless to repeat. */
  UNAVAILABLE,
  /**
   * The service broke off inside; with our token repeating is harmless, without it nobody knows.
   */
  BROKE_OFF,
  CONFLICT,
  PRECONDITION,
  /** May have been applied. */
  UNKNOWN,
  ALREADY_EXISTS,
  NOT_FOUND,
  INVALID,
  UNAUTHENTICATED,
  FORBIDDEN,
  QUOTA,
  TOKEN_REUSED,
  CAPACITY,
  NOT_REGISTERED,
  /** It said no, and nothing more can be told from it. */
  FAILED
}
