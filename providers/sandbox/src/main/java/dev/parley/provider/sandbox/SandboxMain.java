package dev.parley.provider.sandbox;

import dev.parley.engine.json.Yaml;
import dev.parley.provider.sandbox.cloud.Profile;
import dev.parley.provider.sandbox.cloud.SandboxCloud;
import dev.parley.provider.sandbox.wire.SandboxServer;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * A simulated cloud in its own process: {@code FOLDER [PORT [SETTINGS.yaml]]}. Prints its address
 * as the first line, and serves until it is ended.
 */
public final class SandboxMain {
  private SandboxMain() {}

  /** Starts it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 1 || args.length > 3) {
      System.err.println("usage: FOLDER [PORT [SETTINGS.yaml]]");
      System.exit(2);
    }
    Profile profile = Profile.INSTANT;
    if (args.length == 3) {
      try {
        Fields settings = (Fields) Yaml.parse(args[2], Files.readString(Path.of(args[2]))).value();
        profile = SandboxSettings.read(args[2], settings).profile();
      } catch (Invalid e) {
        System.err.println(e.getMessage());
        System.exit(2);
      }
    }
    Profile all = profile;
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    SandboxServer server =
        SandboxServer.start(SandboxCloud.in(Path.of(args[0]), Clock.systemUTC(), _ -> all), port);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
    System.out.println(server.endpoint());
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
