package dev.parley.provider.aws.control;

import dev.parley.engine.json.Json;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.ListResourceRequestsResponse;
import software.amazon.awssdk.services.cloudcontrol.model.Operation;
import software.amazon.awssdk.services.cloudcontrol.model.OperationStatus;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;

/** The requests of the last seven days, which the service still knows when it forgot our token. */
final class Requests {
  private static final int PAGES = 20;

  private final String account;
  private final Clients clients;

  Requests(String account, Clients clients) {
    this.account = account;
    this.clients = clients;
  }

  /**
   * The request that asked for this resource before: it bears our mark, or names the identifier
   * that the wish itself fixes. One that failed counts for nothing.
   *
   * @param desired with the mark
   */
  Optional<ProgressEvent> create(AwsType type, String region, Fields desired, Token token) {
    String correlation = token.correlation();
    Optional<String> fixed = identifier(type, desired);
    return all(
            type,
            region,
            List.of(OperationStatus.PENDING, OperationStatus.IN_PROGRESS, OperationStatus.SUCCESS))
        .stream()
        .filter(event -> event.operation() == Operation.CREATE)
        .filter(event -> !before(event, token))
        .filter(
            event ->
                model(event)
                        .map(model -> Tagging.of(type.schema(), model))
                        .map(tags -> correlation.equals(tags.get(Tagging.CORRELATION)))
                        .orElse(false)
                    || fixed.filter(id -> id.equals(event.identifier())).isPresent())
        .findFirst();
  }

  /** The identifiers that are being made now; empty if nobody can tell. */
  Set<String> inTheMaking(AwsType type, String region) {
    var making = new HashSet<String>();
    try {
      for (ProgressEvent event :
          all(type, region, List.of(OperationStatus.PENDING, OperationStatus.IN_PROGRESS))) {
        if (event.operation() == Operation.CREATE && event.identifier() != null) {
          making.add(event.identifier());
        }
      }
    } catch (ProviderException e) {
      // what can't be told is taken as made; its health is looked at later
    }
    return making;
  }

  private List<ProgressEvent> all(AwsType type, String region, List<OperationStatus> statuses) {
    var events = new ArrayList<ProgressEvent>();
    Optional<String> next = Optional.empty();
    for (int pages = 0; pages == 0 || next.isPresent() && pages < PAGES; pages++) {
      Optional<String> from = next;
      ListResourceRequestsResponse answer =
          Control.asked(
              new Asked(account, "list", false, Optional.of(type.schema())),
              UnaryOperator.identity(),
              () ->
                  clients
                      .client(CloudControlClient.class, region)
                      .listResourceRequests(
                          request -> {
                            request
                                .maxResults(100)
                                .resourceRequestStatusFilter(
                                    filter ->
                                        filter
                                            .operations(Operation.CREATE)
                                            .operationStatuses(statuses));
                            from.ifPresent(request::nextToken);
                          }));
      String named = Control.name(type.schema().type());
      answer.resourceRequestStatusSummaries().stream()
          .filter(event -> named.equals(event.typeName()))
          .forEach(events::add);
      next = Optional.ofNullable(answer.nextToken()).filter(token -> !token.isBlank());
    }
    return events;
  }

  private static boolean before(ProgressEvent event, Token token) {
    Instant at = event.eventTime();
    return at != null && token.sent().filter(at::isBefore).isPresent();
  }

  private static Optional<Fields> model(ProgressEvent event) {
    if (event.resourceModel() == null) {
      return Optional.empty();
    }
    try {
      return Json.parsePlain(event.resourceModel()) instanceof Fields fields
          ? Optional.of(fields)
          : Optional.empty();
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  /** The identifier, if the wish fixes all its parts. */
  static Optional<String> identifier(AwsType type, Fields desired) {
    var parts = new ArrayList<String>();
    for (Pointer part : type.identifier()) {
      if (part.in(desired).orElse(Value.NULL) instanceof Value.Text(var text) && !text.isBlank()) {
        parts.add(text);
      } else {
        return Optional.empty();
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("|", parts));
  }
}
