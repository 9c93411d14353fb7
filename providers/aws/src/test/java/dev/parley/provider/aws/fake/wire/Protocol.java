package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value.Fields;

/** How a service is spoken to. */
public sealed interface Protocol permits AwsJson, AwsQuery, Ec2Query, RestJson {
  /**
   * The operation that is asked for.
   *
   * @throws ServiceError if the request does not speak this protocol
   */
  String operation(Request request);

  /** The error for an operation that the service does not have. */
  ServiceError unknown(String operation);

  /**
   * The operation's input.
   *
   * @throws ServiceError if it does not fit the shape
   */
  Fields input(Request request, Struct shape);

  /** A result on the wire. */
  Answer success(String operation, Fields output, String requestId);

  /** An error on the wire. */
  Answer failure(ServiceError error, String requestId);

  /** The error for a signature that was not accepted. */
  ServiceError denied(Denial why);
}
