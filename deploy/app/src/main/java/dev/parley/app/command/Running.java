package dev.parley.app.command;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A Parley that runs in another process on the same data folder, which is why this process may not
 * open it. Found by the note it leaves there.
 *
 * @param base for example {@code http://127.0.0.1:7070/}
 */
public record Running(URI base) {
  private static final String NOTE = "web.json";

  /** Leaves the note. */
  public static void note(Path data, long pid, URI base) throws IOException {
    Fields note = Fields.of("pid", Value.num(pid)).with("url", Value.text(base.toString()));
    Files.writeString(data.resolve(NOTE), Json.write(note));
  }

  /** Takes the note away. */
  public static void forget(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NOTE));
  }

  /** The Parley that runs on a data folder, if there is one. */
  static Optional<Running> on(Path data) {
    try {
      if (!(Json.parse(Files.readString(data.resolve(NOTE))) instanceof Fields note)) {
        return Optional.empty();
      }
      boolean alive =
          note.get("pid")
              .filter(pid -> pid instanceof Value.Num)
              .map(pid -> ((Value.Num) pid).number().longValue())
              .flatMap(ProcessHandle::of)
              .map(ProcessHandle::isAlive)
              .orElse(false);
      return alive ? note.text("url").map(url -> new Running(URI.create(url))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What it answers to a GET. */
  HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      var request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(Duration.ofMinutes(2))
              .header("Accept", accept)
              .GET()
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  static String query(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
