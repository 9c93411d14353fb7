package dev.parley.provider.aws.error;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What error codes mean. The same words are used by many services, so this is a list of patterns
 * and not of services; the first that fits decides. A status decides only where no code does: AWS
 * answers a concurrent change with 500 and a throttle with 400.
 */
final class Codes {
  private record Rule(Pattern code, Optional<Pattern> message, Meaning meaning) {
    boolean fits(String said, String words) {
      return code.matcher(said).matches()
          && (message.isEmpty() || message.get().matcher(words).find());
    }
  }

  private static final List<Rule> RULES =
      List.of(
          rule(
              Meaning.THROTTLED,
              "Throttl(ing|ed|edException|ingException)|ThrottlingException|.*Throttling.*"
                  + "|TooManyRequests(Exception)?|RequestLimitExceeded|RequestThrottled(Exception)?"
                  + "|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete|EC2ThrottledException"
                  + "|ProvisionedThroughputExceeded(Exception)?|TransactionInProgressException"),
          rule(
              Meaning.THROTTLED,
              "GeneralService(Exception)?|InvalidRequest(Exception)?|HandlerFailure(Exception)?"
                  + "|ServiceLimitExceeded(Exception)?|LimitExceeded(Exception)?"
                  + "|ServiceInternalError(Exception)?|",
              "(?i)\\brate exceeded|throttl|too many requests|request rate|requests? limit"),
          rule(
              Meaning.TOKEN_REUSED,
              "ClientTokenConflict(Exception)?|IdempotentParameterMismatch(Exception)?"
                  + "|IdempotencyParameterMismatch(Exception)?|IdempotencyException"
                  + "|TokenAlreadyExists(Exception)?"),
          rule(
              Meaning.CAPACITY,
              "Insufficient\\w*Capacity(Exception|OnOutpost|Fault)?|InsufficientCapacity\\w*"
                  + "|UnfulfillableCapacity|InsufficientFreeAddressesInSubnet\\w*"
                  + "|InsufficientDBInstanceCapacity\\w*|MaxSpotInstanceCountExceeded\\w*NoRoom"),
          rule(
              Meaning.CAPACITY,
              "Unsupported|GeneralService(Exception)?|InvalidRequest(Exception)?"
                  + "|NotStabilized(Exception)?|HandlerFailure(Exception)?",
              "(?i)insufficient\\s?(instance)?\\s?capacity|do not have sufficient .*capacity"
                  + "|not supported in your requested availability zone"),
          rule(
              Meaning.QUOTA,
              "ServiceLimitExceeded(Exception)?|ServiceQuotaExceeded(Exception)?"
                  + "|\\w*LimitExceeded(Exception|Fault)?|\\w*QuotaExceeded(Exception|Fault)?"
                  + "|TooManyBuckets|\\w+\\.LimitExceeded"),
          rule(
              Meaning.NOT_REGISTERED,
              "OptInRequired|SubscriptionRequired(Exception)?|RegionDisabledException"
                  + "|NotSignedUp"),
          rule(
              Meaning.UNAUTHENTICATED,
              "InvalidCredentials(Exception)?|ExpiredToken(Exception)?|RequestExpired|AuthFailure"
                  + "|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch"
                  + "|UnrecognizedClient(Exception)?|MissingAuthenticationToken(Exception)?"
                  + "|InvalidSignature(Exception)?|IncompleteSignature(Exception)?|InvalidToken"
                  + "|TokenRefreshRequired|InvalidIdentityToken(Exception)?|IDPRejectedClaim"
                  + "|RequestTimeTooSkewed"),
          rule(
              Meaning.FORBIDDEN,
              "AccessDenied(Exception|Fault)?|UnauthorizedTaggingOperation(Exception)?"
                  + "|UnauthorizedOperation|Unauthorized(Exception)?|NotAuthorized(Exception)?"
                  + "|Forbidden(Exception)?|AuthorizationError(Exception)?|AllAccessDisabled"
                  + "|InsufficientPrivilegesException"),
          rule(
              Meaning.FORBIDDEN,
              "GeneralService(Exception)?|InvalidRequest(Exception)?",
              "(?i)\\bnot authorized to perform\\b|\\baccess denied\\b|AccessDenied"),
          rule(Meaning.UNKNOWN, "RequestTokenNotFound(Exception)?"),
          rule(Meaning.INVALID, "TypeNotFound(Exception)?|PrivateType(Exception)?|InvalidAction"),
          rule(
              Meaning.ALREADY_EXISTS,
              "\\w*AlreadyExists(Exception|Fault)?|BucketAlreadyOwnedByYou|[\\w.]+\\.Duplicate"
                  + "|QueueNameExists|Duplicate\\w+(Name|Exception)|EntityAlreadyExists"
                  + "|ResourceExists(Exception)?|.*\\.AlreadyExists"),
          rule(
              Meaning.NOT_FOUND,
              "(Resource)?NotFound(Exception)?|[\\w.]+\\.NotFound|\\w+NotFound(Exception|Fault)?"
                  + "|NoSuch\\w+|\\w+DoesNotExist(Exception)?|.*NonExistent\\w*"
                  + "|ResourceDoesNotExistException|404"),
          rule(
              Meaning.CONFLICT,
              "ConcurrentOperation(Exception)?|ResourceConflict(Exception)?|Conflict(Exception)?"
                  + "|OperationAborted|DependencyViolation|DeleteConflict(Exception)?"
                  + "|ResourceInUse(Exception|Fault)?|\\w+InUse(Exception|Fault)?|IncorrectState"
                  + "|Incorrect\\w*State|Invalid\\w*State(Exception|Fault)?|ResourceNotReady\\w*"
                  + "|OperationInProgress(Exception)?|ConcurrentUpdate(Exception)?"
                  + "|OptimisticLock(Exception)?|OperationNotPermittedNow"),
          rule(
              Meaning.PRECONDITION,
              "PreconditionFailed(Exception)?|ConditionalCheckFailed(Exception)?|412"),
          rule(Meaning.UNAVAILABLE, "ConcurrentModification(Exception)?"),
          rule(
              Meaning.UNAVAILABLE,
              "NetworkFailure(Exception)?|ServiceUnavailable(Exception)?|Unavailable"
                  + "|ServiceUnavailableError|RequestTimeout(Exception)?"),
          rule(
              Meaning.BROKE_OFF,
              "ServiceInternalError(Exception)?|InternalFailure(Exception)?|InternalError"
                  + "|HandlerInternalFailure(Exception)?|InternalServer(Error|Exception)"
                  + "|InternalServiceError(Exception)?|InternalErrorException|ServerException"
                  + "|InternalServerErrorException"),
          rule(
              Meaning.UNKNOWN,
              "HandlerFailure(Exception)?|ServiceTimeout(Exception)?|NotStabilized(Exception)?"),
          rule(Meaning.FAILED, "GeneralService(Exception)?|Unknown"),
          rule(
              Meaning.INVALID,
              "InvalidRequest(Exception)?|Validation(Error|Exception|Failed)|NotUpdatable(Exception)?"
                  + "|UnsupportedAction(Exception)?|UnsupportedOperation(Exception)?|Unsupported"
                  + "|Malformed\\w*|Missing\\w*|Invalid\\w*(\\.\\w+)?|UnknownParameter\\w*"
                  + "|SerializationException|BadRequest(Exception)?|\\w*ValidationException"
                  + "|UnknownOperation(Exception)?|InvalidInput(Exception)?"));

  private Codes() {}

  private static Rule rule(Meaning meaning, String code) {
    return new Rule(Pattern.compile(code), Optional.empty(), meaning);
  }

  private static Rule rule(Meaning meaning, String code, String message) {
    return new Rule(Pattern.compile(code), Optional.of(Pattern.compile(message)), meaning);
  }

  /** What a code means; empty if the list has never heard of it. */
  static Optional<Meaning> meaning(String code, String message) {
    return RULES.stream().filter(rule -> rule.fits(code, message)).map(Rule::meaning).findFirst();
  }
}
