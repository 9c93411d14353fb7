package dev.parley.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** From the command to "ready", and the resident memory of the demo that then does nothing. */
final class StartDriver {
  private StartDriver() {}

  public static void main(String[] args) throws Exception {
    int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    String launcher = Path.of(System.getProperty("parley.home"), "deploy", "parley").toString();
    long[] nanos = new long[repeats];
    long[] resident = new long[repeats];
    for (int i = 0; i < repeats; i++) {
      Path folder = Bench.folder();
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  launcher, "demo", "--no-terminal", "--port", "0", "--data", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        if (line == null || !line.startsWith("Parley is ready")) {
          throw new IllegalStateException("not ready: " + line);
        }
        nanos[i] = System.nanoTime() - start;
        TimeUnit.SECONDS.sleep(10);
        resident[i] = resident(process.pid());
      } finally {
        process.destroy();
        process.waitFor();
        Bench.delete(folder);
      }
    }
    System.out.printf(
        "ready after %.2f s (median of %d, worst %.2f); idle 10 s later: %.0f MB resident (worst"
            + " %.0f)%n",
        Bench.millis(nanos, 0.5) / 1e3,
        repeats,
        Bench.millis(nanos, 1) / 1e3,
        Bench.millis(resident, 0.5),
        Bench.millis(resident, 1));
  }

  /** In bytes. */
  private static long resident(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_000)
        .findFirst()
        .orElse(0);
  }
}
