package dev.parley.provider.aws.fake.wire;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Map;

/**
 * The AWS JSON protocols 1.0 and 1.1.
 *
 * @param version {@code 1.0} or {@code 1.1}
 * @param target what stands before the operation in the header X-Amz-Target
 * @param errors what stands before an error's name in {@code __type}
 */
public record AwsJson(String version, String target, String errors) implements Protocol {
  @Override
  public String operation(Request request) {
    String said = request.header("content-type").orElse("");
    if (!request.method().equals("POST") || !said.equals("application/x-amz-json-" + version)) {
      throw new ServiceError(
          404,
          "UnknownOperationException",
          "expected POST of application/x-amz-json-" + version + ", got " + said);
    }
    String named = request.header("x-amz-target").orElse("");
    if (!named.startsWith(target + ".")) {
      throw unknown(named);
    }
    return named.substring(target.length() + 1);
  }

  @Override
  public ServiceError unknown(String operation) {
    return new ServiceError(400, "UnknownOperationException", "no operation " + operation);
  }

  @Override
  public Fields input(Request request, Struct shape) {
    return checked(request.text(), shape);
  }

  /** Reads a JSON document against its shape. */
  static Fields checked(String text, Struct shape) {
    Value read;
    try {
      read = Json.parsePlain(text.isBlank() ? "{}" : text);
    } catch (Invalid e) {
      throw new ServiceError(400, "SerializationException", e.getMessage());
    }
    var result = ShapeCheck.of(shape, read);
    if (!(read instanceof Fields fields) || !result.malformed().isEmpty()) {
      throw new ServiceError(400, "SerializationException", String.join("; ", result.malformed()));
    }
    if (!result.missing().isEmpty()) {
      throw ServiceError.validation(
          result.missing().size()
              + " validation error detected: Value null at '"
              + String.join("', '", result.missing())
              + "' failed to satisfy constraint: Member must not be null");
    }
    return fields;
  }

  @Override
  public Answer success(String operation, Fields output, String requestId) {
    return answer(200, Json.write(output), requestId);
  }

  @Override
  public Answer failure(ServiceError error, String requestId) {
    Fields body =
        Fields.of("__type", Value.text(errors + error.code()))
            .with("Message", Value.text(error.getMessage()));
    Answer answer = answer(error.status(), Json.write(body), requestId);
    return error
        .retryAfter()
        .map(delay -> answer.with("Retry-After", Long.toString(delay.toSeconds())))
        .orElse(answer);
  }

  private Answer answer(int status, String body, String requestId) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/x-amz-json-" + version, "x-amzn-RequestId", requestId),
        body);
  }

  @Override
  public ServiceError denied(Denial why) {
    return json(why);
  }

  /** What JSON services say of a signature. */
  static ServiceError json(Denial why) {
    return switch (why) {
      case MISSING -> new ServiceError(400, "MissingAuthenticationTokenException", why.message());
      case MALFORMED -> new ServiceError(400, "IncompleteSignatureException", why.message());
      case UNKNOWN_KEY -> new ServiceError(400, "UnrecognizedClientException", why.message());
      case EXPIRED_TOKEN -> new ServiceError(400, "ExpiredTokenException", why.message());
      case BAD_SIGNATURE, SKEWED ->
          new ServiceError(400, "InvalidSignatureException", why.message());
    };
  }
}
