package dev.parley.provider.sandbox.cloud;

import java.util.Optional;

/** What a fault does at which moment of a call. */
final class Troubles {
  private Troubles() {}

  /** The refusal that a fault makes of a call before anything is done. */
  static Optional<Trouble> before(Fault fault) {
    return switch (fault.effect()) {
      case THROTTLE -> Optional.of(Trouble.THROTTLED);
      case DENY -> Optional.of(Trouble.DENIED);
      case EXPIRED -> Optional.of(Trouble.UNAUTHENTICATED);
      case DOWN -> Optional.of(Trouble.DOWN);
      case QUOTA -> Optional.of(Trouble.QUOTA);
      case NOT_REGISTERED -> Optional.of(Trouble.NOT_REGISTERED);
      case CAPACITY,
          DROP_REQUEST,
          DROP,
          TRUNCATE,
          EMPTY,
          ERROR,
          FAIL,
          FAIL_HALFWAY,
          SLOW,
          UNHEALTHY ->
          Optional.empty();
    };
  }

  /** Words for it. */
  static String message(Trouble trouble, Request request) {
    String what = request.verb().word() + (request.type().isEmpty() ? "" : " of " + request.type());
    return switch (trouble) {
      case THROTTLED -> "rate exceeded: too many calls";
      case DENIED -> "not authorized to perform " + what;
      case UNAUTHENTICATED -> "the credentials have expired";
      case DOWN -> "the service is not available at the moment";
      case QUOTA -> "the limit for " + request.type() + " is reached";
      case NOT_REGISTERED ->
          "the service of " + request.type() + " is not enabled for this account";
      default -> "refused";
    };
  }

  /** What a fault makes of an answer after everything is done. */
  static Reply after(Fault fault, String family, Reply reply) {
    return switch (fault.effect()) {
      case DROP -> reply.delivered(Reply.Delivery.DROPPED);
      case TRUNCATE -> reply.delivered(Reply.Delivery.TRUNCATED);
      case EMPTY -> reply.failed() ? reply : Reply.ok(200, dev.parley.value.Value.Fields.EMPTY);
      case ERROR ->
          Trouble.INTERNAL.reply(
              family, "an internal error; the request may have been carried out");
      case THROTTLE,
          DENY,
          EXPIRED,
          DOWN,
          QUOTA,
          CAPACITY,
          NOT_REGISTERED,
          DROP_REQUEST,
          FAIL,
          FAIL_HALFWAY,
          SLOW,
          UNHEALTHY ->
          reply;
    };
  }
}
