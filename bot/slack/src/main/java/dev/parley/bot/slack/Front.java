package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.middleware.Middleware;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.response.Response;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Bolt app that has no listeners, but one middleware which takes every request: whatever Slack
 * sends is acknowledged, known or not, as soon as it is kept, and not before.
 */
final class Front {
  private Front() {}

  /**
   * The app.
   *
   * @param taker returns once a payload is kept; if it throws, the delivery is not acknowledged
   */
  static App of(Slack slack, Consumer<Fields> taker) {
    AppConfig config = AppConfig.builder().slack(slack).build();
    Middleware all =
        (request, _, _) -> {
          taker.accept(Payload.read(body(request)));
          return Response.ok();
        };
    return new App(config, List.of(all));
  }

  private static String body(Request<?> request) {
    String body = request.getRequestBodyAsString();
    return body == null ? "" : body;
  }
}
