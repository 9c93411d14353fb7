package dev.parley.provider.aws.operation;

import java.lang.reflect.Method;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * How an operation is called.
 *
 * @param operation its name as the service spells it: {@code DescribeDBInstances}
 * @param method of the client's interface; empty if only event streams carry it
 */
record Signature(
    String service,
    String operation,
    Optional<Method> method,
    Class<? extends SdkRequest> input,
    Class<? extends SdkResponse> output,
    Body body) {

  /** What goes over the wire beside the document. */
  enum Body {
    /** Nothing. */
    NONE,
    /** Bytes that are streamed, up or down. */
    STREAM,
    /** A stream of events. */
    EVENTS
  }

  /** What a client's method offers, if it is an operation. */
  static Optional<Signature> of(String service, Method method) {
    Class<?>[] takes = method.getParameterTypes();
    if (takes.length == 0 || !isRequest(takes[0])) {
      return Optional.empty();
    }
    String name = Character.toUpperCase(method.getName().charAt(0)) + method.getName().substring(1);
    if (!name.equalsIgnoreCase(spelled(takes[0]))) {
      return Optional.empty(); // a paginator or a helper for the same request
    }
    Class<? extends SdkRequest> input = takes[0].asSubclass(SdkRequest.class);
    boolean plain = takes.length == 1 && SdkResponse.class.isAssignableFrom(method.getReturnType());
    return output(input)
        .map(
            output ->
                new Signature(
                    service,
                    name,
                    Optional.of(method),
                    input,
                    output,
                    plain ? Body.NONE : Body.STREAM));
  }

  /** The full name: {@code rds.DescribeDBInstances}. */
  String name() {
    return service + "." + operation;
  }

  /** The operation as its classes spell it: {@code DescribeDbInstances}. */
  String spelled() {
    return spelled(input);
  }

  /** The one of two forms of an operation that needs no stream. */
  Signature plainer(Signature other) {
    return other.body == Body.NONE ? other : this;
  }

  private static boolean isRequest(Class<?> type) {
    return SdkRequest.class.isAssignableFrom(type) && type.getSimpleName().endsWith("Request");
  }

  private static String spelled(Class<?> request) {
    String name = request.getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }

  private static Optional<Class<? extends SdkResponse>> output(Class<? extends SdkRequest> input) {
    String name = input.getName().replaceFirst("Request$", "Response");
    try {
      Class<?> found = Class.forName(name, false, input.getClassLoader());
      return Optional.of(found.asSubclass(SdkResponse.class));
    } catch (ClassNotFoundException | ClassCastException _) {
      return Optional.empty();
    }
  }
}
