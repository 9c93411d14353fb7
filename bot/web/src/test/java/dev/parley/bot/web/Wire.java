package dev.parley.bot.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One HTTP exchange written by hand, with any Host header. */
final class Wire {
  private Wire() {}

  /**
   * What came back.
   *
   * @param headers by name in lower case
   */
  record Reply(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  static Reply send(int port, String line, List<String> headers, byte[] body) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(15_000);
      var head = new StringBuilder(line).append(" HTTP/1.1\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      List<String> lines = all.substring(0, end).lines().toList();
      var found = new LinkedHashMap<String, String>();
      for (String one : lines.subList(1, lines.size())) {
        found.put(
            one.substring(0, one.indexOf(':')).toLowerCase(Locale.ROOT),
            one.substring(one.indexOf(':') + 1).strip());
      }
      return new Reply(
          Integer.parseInt(lines.getFirst().split(" ")[1]), found, all.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
