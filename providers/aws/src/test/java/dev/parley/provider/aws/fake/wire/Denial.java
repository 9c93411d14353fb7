package dev.parley.provider.aws.fake.wire;

/** Why a request's signature was not accepted; each protocol has its own name for it. */
public enum Denial {
  /** It is not signed. */
  MISSING("Request is missing Authentication Token"),
  /** The header can't be read. */
  MALFORMED("Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'."),
  /** Nobody has this key, or not with this session token. */
  UNKNOWN_KEY("The security token included in the request is invalid."),
  /** The session is over. */
  EXPIRED_TOKEN("The security token included in the request is expired"),
  /** The signature does not belong to this request and key. */
  BAD_SIGNATURE(
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method."),
  /** Signed too long ago, or in the future. */
  SKEWED("Signature expired: the request's date is too far from the service's own");

  private final String message;

  Denial(String message) {
    this.message = message;
  }

  /** What the service says. */
  public String message() {
    return message;
  }

  /** Thrown where a signature is looked at; the protocol turns it into its own error. */
  public static final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Denial why;

    public Denied(Denial why) {
      super(why.message(), null, false, false);
      this.why = why;
    }

    /** The reason. */
    public Denial why() {
      return why;
    }
  }
}
