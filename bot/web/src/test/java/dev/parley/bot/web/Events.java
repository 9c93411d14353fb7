package dev.parley.bot.web;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** One open stream of server-sent events, read as they come. */
final class Events implements AutoCloseable {
  private static final long LONGEST = 15_000_000_000L;
  private final List<Event> all = new CopyOnWriteArrayList<>();
  private final InputStream in;
  private final Thread reader;
  private volatile boolean over;

  /** One event. */
  record Event(String id, String kind, Fields data) {}

  Events(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError("no events: " + answer.statusCode());
      }
      in = answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String id = "";
      String kind = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          kind = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !kind.isEmpty()) {
          all.add(new Event(id, kind, (Fields) Json.parsePlain(data)));
          kind = "";
        }
      }
    } catch (IOException e) {
      // the stream was closed under the reader's feet, which is how it ends
    } finally {
      over = true;
    }
  }

  List<Event> all() {
    return List.copyOf(all);
  }

  /** Whether the server has ended it. */
  boolean over() {
    return over;
  }

  /** Waits until something has come. */
  Event until(Predicate<Event> wanted) {
    long end = System.nanoTime() + LONGEST;
    while (System.nanoTime() < end) {
      for (Event event : all) {
        if (wanted.test(event)) {
          return event;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("did not come; came: " + all);
  }

  @Override
  public void close() throws IOException {
    in.close();
    reader.interrupt();
  }
}
