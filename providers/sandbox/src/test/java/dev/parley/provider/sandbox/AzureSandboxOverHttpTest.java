package dev.parley.provider.sandbox;

/** Simulated Azure in its own server. */
class AzureSandboxOverHttpTest extends AzureSandboxTest {
  @Override
  boolean overHttp() {
    return true;
  }
}
