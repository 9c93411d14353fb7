package dev.parley.testkit;

/** What can befall a provider's next call of a type; a cloud or a fake must be able to play it. */
public enum Misfortune {
  /** Refused with "too many requests", come back in seven seconds. */
  THROTTLE,
  /** Carried out, and the connection breaks before the answer. */
  DROP_AFTER_SEND,
  /** Carried out, and the answer arrives cut off. */
  TRUNCATE,
  /** Carried out, and the answer says success and no more. */
  EMPTY_SUCCESS,
  /** Accepted, and the operation fails in the end. */
  FAIL_OPERATION,
  /** Accepted, and the operation takes a while. */
  SLOW,
  /** Listing this type is not allowed. */
  DENY_LIST
}
