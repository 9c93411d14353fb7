package dev.parley.bot.discord.fake;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The parts of a multipart body: name or file name → bytes as Latin-1 text. */
record Multipart(String json, Map<String, byte[]> files) {
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  static Multipart of(String contentType, byte[] body) {
    if (!contentType.startsWith("multipart/form-data")) {
      return new Multipart(new String(body, StandardCharsets.UTF_8), Map.of());
    }
    String boundary = "--" + contentType.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
    String all = new String(body, StandardCharsets.ISO_8859_1);
    String json = "{}";
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String part : all.split(Pattern.quote(boundary))) {
      int split = part.indexOf("\r\n\r\n");
      if (split < 0) {
        continue;
      }
      String head = part.substring(0, split);
      byte[] content =
          part.substring(split + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
      var file = FILE.matcher(head);
      if (head.contains("name=\"payload_json\"")) {
        json = new String(content, StandardCharsets.UTF_8);
      } else if (file.find()) {
        files.put(file.group(1), content);
      }
    }
    return new Multipart(json, files);
  }
}
