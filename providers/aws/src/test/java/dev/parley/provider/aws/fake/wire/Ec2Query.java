package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.LinkedHashMap;

/**
 * EC2's own kind of the query protocol: lists without {@code member}, the result not wrapped.
 *
 * @param namespace of the XML
 * @param version of the interface, a date
 */
public record Ec2Query(String namespace, String version) implements Protocol {
  @Override
  public String operation(Request request) {
    return AwsQuery.action(request, version, "MalformedQueryString");
  }

  @Override
  public ServiceError unknown(String operation) {
    return new ServiceError(
        400, "InvalidAction", "The action " + operation + " is not valid for this web service.");
  }

  @Override
  public Fields input(Request request, Struct shape) {
    var form = new QueryForm(request.text(), ".");
    Fields input = form.read(shape);
    if (!form.unused().isEmpty()) {
      throw new ServiceError(
          400,
          "UnknownParameter",
          "The parameter " + form.unused().getFirst() + " is not recognized");
    }
    var result = ShapeCheck.of(shape, input);
    if (!result.malformed().isEmpty()) {
      throw new ServiceError(400, "InvalidParameterValue", String.join("; ", result.malformed()));
    }
    if (!result.missing().isEmpty()) {
      throw new ServiceError(
          400,
          "MissingParameter",
          "The request must contain the parameter " + result.missing().getFirst());
    }
    return input;
  }

  @Override
  public Answer success(String operation, Fields output, String requestId) {
    var body = new LinkedHashMap<String, Value>();
    body.put("requestId", Value.text(requestId));
    body.putAll(output.fields());
    return AwsQuery.answer(
        200, Xml.write(operation + "Response", namespace, "item", new Fields(body)), requestId);
  }

  @Override
  public Answer failure(ServiceError error, String requestId) {
    Fields one =
        Fields.of("Code", Value.text(error.code())).with("Message", Value.text(error.getMessage()));
    Fields body =
        Fields.of("Errors", Fields.of("Error", one)).with("RequestID", Value.text(requestId));
    Answer answer =
        AwsQuery.answer(error.status(), Xml.write("Response", "", "item", body), requestId);
    return error
        .retryAfter()
        .map(delay -> answer.with("Retry-After", Long.toString(delay.toSeconds())))
        .orElse(answer);
  }

  @Override
  public ServiceError denied(Denial why) {
    return switch (why) {
      case MISSING -> new ServiceError(400, "MissingParameter", why.message());
      case MALFORMED -> new ServiceError(400, "IncompleteSignature", why.message());
      case EXPIRED_TOKEN -> new ServiceError(400, "RequestExpired", "Request has expired.");
      case UNKNOWN_KEY, BAD_SIGNATURE ->
          new ServiceError(
              401, "AuthFailure", "AWS was not able to validate the provided access credentials");
      case SKEWED -> new ServiceError(400, "RequestExpired", why.message());
    };
  }
}
