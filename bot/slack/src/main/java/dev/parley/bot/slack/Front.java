package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.middleware.Middleware;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Bolt app that has no listeners, but one middleware which takes every request: whatever Slack
 * sends is acknowledged, known or not, as soon as it is kept, and not before.
 */
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);
  private static final int OK = 200;
  private final App app;
  private final SocketModeRequestParser parser;
  private final Consumer<Fields> taker;

  /**
   * An app.
   *
   * @param taker returns once a payload is kept; if it throws, the delivery is not acknowledged
   */
  Front(Slack slack, Consumer<Fields> taker) {
    AppConfig config = AppConfig.builder().slack(slack).build();
    Middleware all =
        (request, _, _) -> {
          taker.accept(Payload.read(body(request)));
          return Response.ok();
        };
    this.app = new App(config, List.of(all));
    this.parser = new SocketModeRequestParser(config);
    this.taker = taker;
  }

  /**
   * Takes an envelope.
   *
   * @param text as it came
   * @param envelope the same, read
   * @return whether it may be acknowledged
   */
  boolean takes(String text, Fields envelope) {
    try {
      Optional<Request<?>> known = known(text);
      if (known.isEmpty()) {
        taker.accept(envelope.fieldsAt("payload"));
        return true;
      }
      return app.run(known.get()).getStatusCode() == OK;
    } catch (Exception e) {
      LOG.warn("slack: a delivery could not be taken and may come again: {}", e.getMessage());
      return false;
    }
  }

  /** What Bolt makes of it; nothing of kinds that are newer than Bolt. */
  private Optional<Request<?>> known(String text) {
    try {
      return Optional.ofNullable(parser.parse(text)).map(SocketModeRequest::getBoltRequest);
    } catch (RuntimeException e) {
      LOG.info("slack: Bolt can't read a delivery: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static String body(Request<?> request) {
    String body = request.getRequestBodyAsString();
    return body == null ? "" : body;
  }
}
