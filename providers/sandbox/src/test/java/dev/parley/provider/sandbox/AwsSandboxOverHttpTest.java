package dev.parley.provider.sandbox;

/** Simulated AWS in its own server. */
class AwsSandboxOverHttpTest extends AwsSandboxTest {
  @Override
  boolean overHttp() {
    return true;
  }
}
