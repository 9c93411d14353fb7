package dev.parley.app.command;

import dev.parley.app.house.Front;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * A Parley that runs in another process on the same data folder, which is why this process may not
 * open it. Found by the note it leaves there, for its owner alone to read.
 *
 * @param base for example {@code http://127.0.0.1:7070/}
 * @param key lets its operator in
 */
public record Running(URI base, String key) {
  private static final String NOTE = "running.json";
  private static final String OWNER = "rw-------";

  /** Leaves the note. */
  static void note(Path data, long pid, Front front) throws IOException {
    Fields note =
        Fields.of("pid", Value.num(pid))
            .with("url", Value.text(front.base().toString()))
            .with("key", Value.text(front.key()));
    Path file = data.resolve(NOTE);
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
    }
    Files.writeString(file, Json.write(note));
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
      return alive
          ? note.text("url")
              .flatMap(url -> note.text("key").map(key -> new Running(URI.create(url), key)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What it answers to a GET. */
  HttpResponse<String> get(String tenant, String path, String accept)
      throws IOException, InterruptedException {
    return send(request(tenant, path).header("Accept", accept).GET());
  }

  /**
   * Asks it as its operator.
   *
   * @throws Invalid with what it says is wrong
   */
  Value ask(String tenant, String path) throws IOException, InterruptedException {
    return said(path, get(tenant, "operator/" + path, "application/json"));
  }

  /**
   * Tells it to do something as its operator.
   *
   * @throws Invalid with what it says is wrong
   */
  Value tell(String tenant, String path, Fields body) throws IOException, InterruptedException {
    return said(
        path,
        send(
            request(tenant, "operator/" + path)
                .header("X-Parley", "command-line")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))));
  }

  private HttpRequest.Builder request(String tenant, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .header("Authorization", "Bearer " + key);
    return tenant.isEmpty() ? request : request.header("Parley-Tenant", tenant);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Value said(String path, HttpResponse<String> answer) throws IOException {
    switch (answer.statusCode()) {
      case 200 -> {
        return Json.parse(answer.body());
      }
      case 400 -> {
        if (Json.parse(answer.body()) instanceof Value.Items(var problems)) {
          throw new Invalid(
              problems.stream().map(one -> Codec.decode((Fields) one, Problem.class)).toList());
        }
      }
      default -> {}
    }
    throw new IOException(
        "the Parley that runs answered "
            + answer.statusCode()
            + " to "
            + path
            + ": "
            + answer.body());
  }

  static String query(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
