package dev.parley.provider.sandbox;

/** Simulated Google Cloud in its own server. */
class GcpSandboxOverHttpTest extends GcpSandboxTest {
  @Override
  boolean overHttp() {
    return true;
  }
}
