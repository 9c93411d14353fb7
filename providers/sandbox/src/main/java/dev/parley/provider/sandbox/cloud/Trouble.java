package dev.parley.provider.sandbox.cloud;

import java.util.List;
import java.util.Optional;

/** Why a simulated cloud says no; each family has its own code and status for it. */
enum Trouble {
  INVALID(
      is(400, "ValidationException"),
      is(400, "InvalidRequestContent"),
      is(400, "INVALID_ARGUMENT")),
  NOT_UPDATABLE(
      is(400, "NotUpdatable"), is(409, "PropertyChangeNotAllowed"), is(400, "invalidUpdate")),
  NO_SUCH_TYPE(
      is(404, "TypeNotFoundException"), is(404, "InvalidResourceType"), is(404, "UNIMPLEMENTED")),
  NOT_FOUND(
      is(404, "ResourceNotFoundException"), is(404, "ResourceNotFound"), is(404, "NOT_FOUND")),
  NO_SUCH_OPERATION(
      is(404, "RequestTokenNotFoundException"),
      is(404, "OperationNotFound"),
      is(404, "OPERATION_NOT_FOUND")),
  REFERENCE(
      is(400, "InvalidReference.NotFound"),
      is(400, "InvalidResourceReference"),
      is(400, "RESOURCE_NOT_FOUND")),
  NAME_TAKEN(
      is(409, "AlreadyExistsException"),
      is(409, "ResourceAlreadyExists"),
      is(409, "ALREADY_EXISTS")),
  GLOBAL_NAME_TAKEN(
      is(409, "BucketAlreadyExists"), is(409, "StorageAccountAlreadyTaken"), is(409, "conflict")),
  BUSY(
      is(409, "ConcurrentModificationException"),
      is(409, "AnotherOperationInProgress"),
      is(409, "OPERATION_IN_PROGRESS")),
  IN_USE(
      is(400, "DependencyViolation"),
      is(409, "InUseCannotBeDeleted"),
      is(400, "resourceInUseByAnotherResource")),
  PROTECTED(
      is(400, "InvalidParameterCombination.Protected"),
      is(409, "ScopeLocked"),
      is(412, "deletionProtected")),
  PRECONDITION(
      is(412, "PreconditionFailed"), is(412, "PreconditionFailed"), is(412, "conditionNotMet")),
  TOKEN_REUSED(
      is(409, "ClientTokenConflictException"),
      is(409, "RequestIdReused"),
      is(409, "requestIdReused")),
  THROTTLED(
      is(429, "ThrottlingException"), is(429, "TooManyRequests"), is(429, "rateLimitExceeded")),
  QUOTA(is(402, "ServiceLimitExceeded"), is(409, "QuotaExceeded"), is(403, "QUOTA_EXCEEDED")),
  CAPACITY(
      is(500, "InsufficientInstanceCapacity"),
      is(409, "SkuNotAvailable"),
      is(503, "ZONE_RESOURCE_POOL_EXHAUSTED")),
  NOT_REGISTERED(
      is(400, "OptInRequired"),
      is(409, "MissingSubscriptionRegistration"),
      is(403, "SERVICE_DISABLED")),
  DENIED(
      is(403, "AccessDeniedException"),
      is(403, "AuthorizationFailed"),
      is(403, "PERMISSION_DENIED")),
  UNAUTHENTICATED(
      is(401, "ExpiredTokenException"),
      is(401, "ExpiredAuthenticationToken"),
      is(401, "UNAUTHENTICATED")),
  DOWN(is(503, "ServiceUnavailable"), is(503, "ServerUnavailable"), is(503, "UNAVAILABLE")),
  INTERNAL(is(500, "InternalFailure"), is(500, "InternalServerError"), is(500, "INTERNAL"));

  private final Saying aws;
  private final Saying azure;
  private final Saying gcp;

  Trouble(Saying aws, Saying azure, Saying gcp) {
    this.aws = aws;
    this.azure = azure;
    this.gcp = gcp;
  }

  /** A status and a code. */
  record Saying(int status, String code) {}

  private static Saying is(int status, String code) {
    return new Saying(status, code);
  }

  Saying in(String family) {
    return switch (family) {
      case "azure" -> azure;
      case "gcp" -> gcp;
      default -> aws;
    };
  }

  Reply reply(String family, String message) {
    return reply(family, message, List.of(), Optional.empty());
  }

  Reply reply(String family, String message, List<String> paths, Optional<Long> retryAfterMillis) {
    Saying saying = in(family);
    return new Reply(
        saying.status(),
        saying.code(),
        message,
        paths,
        dev.parley.value.Value.Fields.EMPTY,
        retryAfterMillis,
        "",
        Reply.Delivery.WHOLE);
  }
}
