package dev.parley.provider.aws.fake.wire;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Map;

/**
 * REST with JSON bodies, as far as paths have no parameters: the operation is method and path, the
 * whole input stands in the body.
 */
public record RestJson() implements Protocol {
  @Override
  public String operation(Request request) {
    String said = request.header("content-type").orElse("");
    if (request.body().length > 0 && !said.startsWith("application/json")) {
      throw new ServiceError(
          415, "UnsupportedMediaTypeException", "expected application/json, got " + said);
    }
    return request.method() + " " + request.path();
  }

  @Override
  public ServiceError unknown(String operation) {
    return new ServiceError(404, "UnknownOperationException", "no operation " + operation);
  }

  @Override
  public Fields input(Request request, Struct shape) {
    return AwsJson.checked(request.text(), shape);
  }

  @Override
  public Answer success(String operation, Fields output, String requestId) {
    return answer(200, output, requestId);
  }

  @Override
  public Answer failure(ServiceError error, String requestId) {
    Answer answer =
        answer(error.status(), Fields.of("Message", Value.text(error.getMessage())), requestId)
            .with("x-amzn-ErrorType", error.code());
    return error
        .retryAfter()
        .map(delay -> answer.with("Retry-After", Long.toString(delay.toSeconds())))
        .orElse(answer);
  }

  private static Answer answer(int status, Fields body, String requestId) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json", "x-amzn-RequestId", requestId),
        Json.write(body));
  }

  @Override
  public ServiceError denied(Denial why) {
    ServiceError same = AwsJson.json(why);
    return new ServiceError(403, same.code(), same.getMessage());
  }
}
