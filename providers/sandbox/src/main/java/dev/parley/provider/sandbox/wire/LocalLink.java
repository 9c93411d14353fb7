package dev.parley.provider.sandbox.wire;

import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.sandbox.cloud.Reply;
import dev.parley.provider.sandbox.cloud.Request;
import dev.parley.provider.sandbox.cloud.SandboxCloud;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cloud in the same process; opened at the first request. */
public final class LocalLink implements Link {
  private final String endpoint;
  private final Supplier<SandboxCloud> open;
  private final Consumer<SandboxCloud> release;
  private final ReentrantLock cloudLock = new ReentrantLock();
  private volatile @Nullable SandboxCloud cloud;

  /**
   * Builds it; does no I/O.
   *
   * @param open gives the cloud when it is first needed
   * @param release takes it back
   */
  public LocalLink(String endpoint, Supplier<SandboxCloud> open, Consumer<SandboxCloud> release) {
    this.endpoint = endpoint;
    this.open = open;
    this.release = release;
  }

  @Override
  public Reply send(Request request) throws LinkBroken {
    Reply reply = cloud().handle(request);
    return switch (reply.delivery()) {
      case WHOLE -> reply;
      case DROPPED ->
          throw new LinkBroken(Sent.MAYBE, "the connection broke before the answer came");
      case TRUNCATED -> throw new LinkBroken(Sent.MAYBE, "the answer was cut off");
    };
  }

  private SandboxCloud cloud() {
    SandboxCloud opened = cloud;
    if (opened != null) {
      return opened;
    }
    cloudLock.lock();
    try {
      SandboxCloud now = cloud;
      if (now == null) {
        now = open.get();
        cloud = now;
      }
      return now;
    } finally {
      cloudLock.unlock();
    }
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    cloudLock.lock();
    try {
      SandboxCloud opened = cloud;
      cloud = null;
      if (opened != null) {
        release.accept(opened);
      }
    } finally {
      cloudLock.unlock();
    }
  }
}
