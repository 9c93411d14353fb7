package dev.parley.provider.aws.fake;

/** What a test of a provider needs to be pointed at the stand-in. */
public final class FakeAwsHarness {
  /** The first account's number. */
  public static final String ONE = "111111111111";

  /** The second account's number. */
  public static final String TWO = "222222222222";

  private FakeAwsHarness() {}
}
