package dev.parley.bot.slack;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import dev.parley.bot.slack.block.Limits;
import dev.parley.bot.slack.block.Words;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Files, in Slack's three steps: ask for an address, send the bytes there, share it. */
final class Uploads {
  private static final int MOST = 5_000;
  private static final int TITLE = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Web web;
  private final Recent<String, MessageRef> byKey = new Recent<>(MOST);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  Uploads(Web web) {
    this.web = web;
  }

  /** Sends a file once for each key; its message bears the file's id. */
  MessageRef send(Place place, Part.Attachment file, String words, String key) {
    Optional<MessageRef> known = byKey.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    String team = place.workspace();
    FilesGetUploadURLExternalResponse target =
        web.read(
            team,
            "files.getUploadURLExternal",
            client ->
                client.filesGetUploadURLExternal(
                    r -> {
                      r.filename(file.name()).length(file.bytes().length);
                      return picture(file) ? r.altTxt(Words.line(words, Limits.ALT_TEXT / 2)) : r;
                    }));
    bytes(String.valueOf(target.getUploadUrl()), file);
    String id = String.valueOf(target.getFileId());
    FileDetails details = FileDetails.builder().id(id).title(title(words)).build();
    web.change(
        place,
        "files.completeUploadExternal",
        client ->
            client.filesCompleteUploadExternal(
                r ->
                    r.files(List.of(details))
                        .channelId(Channel.id(place))
                        .threadTs(place.thread().orElse(null))));
    var message = new MessageRef(place, id);
    byKey.put(key, message);
    return message;
  }

  /** What a file is headed by. */
  static String title(String words) {
    return Words.line(words, TITLE);
  }

  private static boolean picture(Part.Attachment file) {
    return file.mediaType().startsWith("image/");
  }

  private void bytes(String url, Part.Attachment file) {
    try {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url))
                  .timeout(TIMEOUT)
                  .header("Content-Type", "application/octet-stream")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(file.bytes()))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        throw new SurfaceFailure.Unreachable(
            "the upload of " + file.name() + ": HTTP " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new SurfaceFailure.Unreachable(
          "the upload of " + file.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SurfaceFailure.Unreachable("the upload of " + file.name() + " was interrupted", e);
    }
  }
}
