package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Map;

/**
 * The AWS query protocol: a form in, XML out.
 *
 * @param namespace of the XML
 * @param version of the interface, a date
 */
public record AwsQuery(String namespace, String version) implements Protocol {
  @Override
  public String operation(Request request) {
    return action(request, version, "MalformedInput");
  }

  static String action(Request request, String version, String malformed) {
    String said = request.header("content-type").orElse("");
    if (!request.method().equals("POST") || !said.startsWith("application/x-www-form-urlencoded")) {
      throw new ServiceError(400, malformed, "expected a posted form, got " + said);
    }
    var form = new QueryForm(request.text(), ".");
    String asked = form.get("Version").orElse("");
    String action = form.get("Action").orElse("");
    if (!asked.equals(version)) {
      throw new ServiceError(
          400, "InvalidAction", "Could not find operation " + action + " for version " + asked);
    }
    return action;
  }

  @Override
  public ServiceError unknown(String operation) {
    return new ServiceError(
        400, "InvalidAction", "Could not find operation " + operation + " for version " + version);
  }

  @Override
  public Fields input(Request request, Struct shape) {
    var form = new QueryForm(request.text(), ".member.");
    Fields input = form.read(shape);
    if (!form.unused().isEmpty()) {
      throw new ServiceError(
          400, "MalformedInput", "unexpected parameter " + String.join(", ", form.unused()));
    }
    var result = ShapeCheck.of(shape, input);
    if (!result.malformed().isEmpty()) {
      throw new ServiceError(400, "MalformedInput", String.join("; ", result.malformed()));
    }
    if (!result.missing().isEmpty()) {
      throw new ServiceError(
          400,
          "ValidationError",
          result.missing().size()
              + " validation error detected: Value null at '"
              + String.join("', '", result.missing())
              + "' failed to satisfy constraint: Member must not be null");
    }
    return input;
  }

  @Override
  public Answer success(String operation, Fields output, String requestId) {
    Fields body =
        Fields.of(operation + "Result", output)
            .with("ResponseMetadata", Fields.of("RequestId", Value.text(requestId)));
    return answer(200, Xml.write(operation + "Response", namespace, "member", body), requestId);
  }

  @Override
  public Answer failure(ServiceError error, String requestId) {
    Fields body =
        Fields.of(
                "Error",
                Fields.of("Type", Value.text(error.status() < 500 ? "Sender" : "Receiver"))
                    .with("Code", Value.text(error.code()))
                    .with("Message", Value.text(error.getMessage())))
            .with("RequestId", Value.text(requestId));
    Answer answer =
        answer(error.status(), Xml.write("ErrorResponse", namespace, "member", body), requestId);
    return error
        .retryAfter()
        .map(delay -> answer.with("Retry-After", Long.toString(delay.toSeconds())))
        .orElse(answer);
  }

  static Answer answer(int status, String xml, String requestId) {
    return new Answer(
        status, Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId), xml);
  }

  @Override
  public ServiceError denied(Denial why) {
    return switch (why) {
      case MISSING -> new ServiceError(403, "MissingAuthenticationToken", why.message());
      case MALFORMED -> new ServiceError(400, "IncompleteSignature", why.message());
      case UNKNOWN_KEY -> new ServiceError(403, "InvalidClientTokenId", why.message());
      case EXPIRED_TOKEN -> new ServiceError(403, "ExpiredToken", why.message());
      case BAD_SIGNATURE, SKEWED -> new ServiceError(403, "SignatureDoesNotMatch", why.message());
    };
  }
}
