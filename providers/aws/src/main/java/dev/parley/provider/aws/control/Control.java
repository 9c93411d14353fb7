package dev.parley.provider.aws.control;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Differ;
import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.body.Places;
import dev.parley.provider.aws.body.Secrets;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudcontrol.model.GetResourceRequestStatusResponse;
import software.amazon.awssdk.services.cloudcontrol.model.ListResourcesResponse;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;
import software.amazon.awssdk.services.cloudcontrol.model.ResourceDescription;

/**
 * Cloud Control: one protocol for the life of every registered type. Each call is one mutating
 * request; a token of ours makes sending it again the same request.
 */
public final class Control {
  /** What the service takes as desired state or patch, in characters. */
  static final int LONGEST = 262_144;

  /** How long the service knows a token. */
  static final Duration TOKENS_LAST = Duration.ofHours(36);

  private static final int PAGE = 100;

  private final String account;
  private final Clients clients;
  private final Function<String, String> secret;
  private final Clock clock;
  private final Progress progress;
  private final Requests requests;
  private final Finder finder;

  /**
   * @param secret looks up a secret's reference
   */
  public Control(String account, Clients clients, Function<String, String> secret, Clock clock) {
    this.account = account;
    this.clients = clients;
    this.secret = secret;
    this.clock = clock;
    this.progress = new Progress(account, clock);
    this.requests = new Requests(account, clients);
    this.finder = new Finder(this, requests, clients, account);
  }

  /** Whether a handle is one of this path. */
  public static boolean owns(OperationHandle handle) {
    return handle.kind().equals(Handle.KIND);
  }

  /**
   * Asks for a resource.
   *
   * @throws ProviderException for everything AWS says or fails to say
   */
  public Operation create(Change.Create change, Token token, AwsType type) {
    TypeSchema schema = type.schema();
    var secrets = new Secrets(secret);
    Fields marked =
        Tagging.marked(
            schema,
            whole(Places.without(change.desired(), schema.readOnly()), "create"),
            token.correlation());
    String body = fitting(CanonicalJson.write(revealed(secrets, marked, "create")), "create");
    var handle = new Handle(schema.type(), change.region(), "create", "", "", false);
    Optional<Operation> earlier =
        forgotten(token)
            ? requests
                .create(type, change.region(), marked, token)
                .map(event -> operation(event, handle, type, secrets))
            : Optional.empty();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    ProgressEvent event =
        asked(
            new Asked(account, "create", true, Optional.of(schema)),
            secrets::redact,
            () ->
                client(change.region())
                    .createResource(
                        request ->
                            request
                                .typeName(name(schema.type()))
                                .clientToken(clientToken(token))
                                .desiredState(body))
                    .progressEvent());
    return operation(event, handle, type, secrets);
  }

  /**
   * Asks for a change in place. The resource must be as the plan saw it, unless this very call may
   * have been sent before. Between that look and the request somebody else may still come first:
   * the service itself compares nothing.
   */
  public Operation update(Change.Update change, Token token, AwsType type) {
    TypeSchema schema = type.schema();
    Fields whole = whole(change.now(), "update");
    if (Differ.plan(change.at(), "", schema, whole, Optional.of(before(change, type)))
        instanceof Change.Replace replace) {
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account,
              "update",
              replace.because() + " can't be changed in place; plan it again, as a replacement"),
          replace.because());
    }
    var secrets = new Secrets(secret);
    Patch patch = Patch.of(schema, change.was(), revealed(secrets, whole, "update"));
    var handle =
        new Handle(schema.type(), change.region(), "update", "", change.id().value(), true);
    if (patch.isEmpty()) {
      List<Pointer> fixed = Patch.unreachable(schema, whole);
      if (!fixed.isEmpty()) {
        throw new ProviderException.InvalidRequest(
            Facts.unsent(
                account, "update", fixed + " can be set at creation only; plan a replacement"),
            fixed);
      }
      return Progress.ended(handle, Optional.of(change.id()), "it is so already");
    }
    String body = fitting(patch.json(), "update");
    if (token.sent().isEmpty()) {
      unmoved(change, type);
    }
    ProgressEvent event =
        asked(
            new Asked(account, "update", true, Optional.of(schema)),
            secrets::redact,
            () ->
                client(change.region())
                    .updateResource(
                        request ->
                            request
                                .typeName(name(schema.type()))
                                .identifier(change.id().value())
                                .clientToken(clientToken(token))
                                .patchDocument(body))
                    .progressEvent());
    return operation(event, handle, type, secrets);
  }

  private static Resource before(Change.Update change, AwsType type) {
    return Seen.resource(type, change.region(), change.id().value(), change.was());
  }

  /** Of what the plan asks for, nothing may have changed since it was made. */
  private void unmoved(Change.Update change, AwsType type) {
    Resource now =
        read(type, change.region(), change.id())
            .orElseThrow(
                () ->
                    new ProviderException.NotFound(
                        Facts.unsent(account, "update", change.id() + " is not there any more")));
    var asked = change.now().fields().keySet();
    Fields was = Places.without(change.was(), type.schema().readOnly());
    Fields expected = was;
    for (String name : was.fields().keySet()) {
      expected = asked.contains(name) ? expected : expected.without(name);
    }
    List<Pointer> moved =
        expected.hasHoles()
            ? List.of()
            : new ArrayList<>(Differ.changed(type.schema(), expected, now.properties()));
    if (!moved.isEmpty()) {
      throw new ProviderException.PreconditionFailed(
          Facts.unsent(
              account,
              "update",
              change.id() + " has changed at " + moved + " since the plan was made; plan again"));
    }
  }

  /** Asks for a deletion; what is already gone counts as deleted if it had been seen before. */
  public Operation delete(Change.Delete change, Token token, AwsType type) {
    TypeSchema schema = type.schema();
    boolean seen = !change.was().isEmpty();
    var handle =
        new Handle(schema.type(), change.region(), "delete", "", change.id().value(), seen);
    if (!seen && read(type, change.region(), change.id()).isEmpty()) {
      throw new ProviderException.NotFound(
          new Facts(
              account,
              "delete",
              404,
              "ResourceNotFound",
              "there is no " + schema.type().name() + " " + change.id() + " in " + change.region(),
              "",
              Sent.NO));
    }
    try {
      ProgressEvent event =
          asked(
              new Asked(account, "delete", true, Optional.of(schema)),
              UnaryOperator.identity(),
              () ->
                  client(change.region())
                      .deleteResource(
                          request ->
                              request
                                  .typeName(name(schema.type()))
                                  .identifier(change.id().value())
                                  .clientToken(clientToken(token)))
                      .progressEvent());
      return operation(event, handle, type, new Secrets(secret));
    } catch (ProviderException.NotFound e) {
      if (!seen) {
        throw e;
      }
      return Progress.ended(handle, Optional.of(change.id()), "it was gone already");
    }
  }

  /**
   * One look at a request.
   *
   * @param type tells properties and permissions in an error
   */
  public Operation poll(OperationHandle written, Optional<TypeSchema> type) {
    Handle handle = Handle.read(written);
    if (handle.request().isEmpty()) {
      return Progress.ended(
          handle, Optional.of(new ResourceId(handle.id())), "nothing had to be done");
    }
    GetResourceRequestStatusResponse answer =
        asked(
            new Asked(account, "poll", false, type),
            UnaryOperator.identity(),
            () ->
                client(handle.region())
                    .getResourceRequestStatus(request -> request.requestToken(handle.request())));
    return progress.operation(
        answer.progressEvent(),
        handle,
        answer.hooksProgressEvent(),
        type,
        UnaryOperator.identity());
  }

  /** Asks to stop a request that has not ended. */
  public Operation cancel(OperationHandle written, Optional<TypeSchema> type) {
    Handle handle = Handle.read(written);
    if (handle.request().isEmpty()) {
      return Progress.ended(
          handle, Optional.of(new ResourceId(handle.id())), "there was nothing to stop");
    }
    ProgressEvent event =
        asked(
            new Asked(account, "cancel", true, type),
            UnaryOperator.identity(),
            () ->
                client(handle.region())
                    .cancelResourceRequest(request -> request.requestToken(handle.request()))
                    .progressEvent());
    return progress.operation(event, handle, List.of(), type, UnaryOperator.identity());
  }

  /** A resource as it is now; empty if it is not there. */
  public Optional<Resource> read(AwsType type, String region, ResourceId id) {
    var asked = new Asked(account, "read", false, Optional.of(type.schema()));
    try {
      ResourceDescription shown =
          asked(
              asked,
              UnaryOperator.identity(),
              () ->
                  client(region)
                      .getResource(
                          request ->
                              request.typeName(name(type.schema().type())).identifier(id.value()))
                      .resourceDescription());
      return Optional.of(shown(type, region, shown, id.value(), "read"));
    } catch (ProviderException.NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * What exists of a type in a region, one page of the service's. Listings often show no more than
   * identifiers. A type that is listed only below its parents is a named gap.
   */
  public Page<Resource> list(AwsType type, String region, Optional<String> page) {
    String named = name(type.schema().type());
    if (!type.handlers().contains("list")) {
      return gap(named + ": Cloud Control can't list it");
    }
    if (!type.listing().isEmpty()) {
      return gap(
          named
              + ": it is listed only below its parents, by "
              + String.join(", ", type.listing().stream().sorted().toList()));
    }
    ListResourcesResponse answer =
        asked(
            new Asked(account, "list", false, Optional.of(type.schema())),
            UnaryOperator.identity(),
            () ->
                client(region)
                    .listResources(
                        request -> {
                          request.typeName(named).maxResults(PAGE);
                          page.ifPresent(request::nextToken);
                        }));
    List<Resource> items =
        answer.resourceDescriptions().stream()
            .map(shown -> shown(type, region, shown, shown.identifier(), "list"))
            .toList();
    return new Page<>(
        items, Optional.ofNullable(answer.nextToken()).filter(next -> !next.isBlank()), List.of());
  }

  private static Page<Resource> gap(String why) {
    return new Page<>(List.of(), Optional.empty(), List.of(why));
  }

  /**
   * The resource that bears a correlation among its tags. One that is still being made is shown as
   * pending.
   *
   * @throws ProviderException.Refused if nobody can tell: the type takes no tags, or can't be
   *     listed
   */
  public Optional<Resource> find(AwsType type, String region, String correlation) {
    return finder.find(type, region, correlation);
  }

  private Resource shown(
      AwsType type,
      String region,
      @Nullable ResourceDescription shown,
      @Nullable String id,
      String operation) {
    String properties = shown == null ? null : shown.properties();
    String identifier =
        shown == null || shown.identifier() == null || shown.identifier().isBlank()
            ? id
            : shown.identifier();
    try {
      if (properties != null && identifier != null) {
        return Seen.resource(type, region, identifier, properties);
      }
    } catch (Invalid e) {
      // told below, without repeating what can't be read
    }
    throw new ProviderException.Unavailable(
        new Facts(
            account,
            operation,
            200,
            "",
            "the answer about " + id + " can't be read: it shows no properties",
            "",
            Sent.YES));
  }

  private Operation operation(
      @Nullable ProgressEvent event, Handle handle, AwsType type, Secrets secrets) {
    return progress.operation(
        event, handle, List.of(), Optional.of(type.schema()), secrets::redact);
  }

  private boolean forgotten(Token token) {
    return token
        .sent()
        .filter(then -> then.plus(TOKENS_LAST).isBefore(clock.instant()))
        .isPresent();
  }

  private Fields whole(Fields properties, String operation) {
    List<Pointer> holes = Places.holes(properties);
    if (!holes.isEmpty()) {
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account,
              operation,
              "not known yet: " + holes + "; references are resolved before the call"),
          holes);
    }
    return properties;
  }

  private Fields revealed(Secrets secrets, Fields properties, String operation) {
    try {
      return secrets.reveal(properties);
    } catch (IllegalArgumentException e) {
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account,
              operation,
              "a secret can't be looked up: " + e.getMessage() + "; put it there, then retry"),
          List.of());
    }
  }

  private String fitting(String body, String operation) {
    if (body.length() > LONGEST) {
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account,
              operation,
              "the request has "
                  + body.length()
                  + " characters and Cloud Control takes "
                  + LONGEST
                  + "; shorten it, or refer to a file"),
          List.of());
    }
    return body;
  }

  /** The service takes 128 letters, digits, and {@code + / = -}. */
  static String clientToken(Token token) {
    return token.value().matches("[-A-Za-z0-9+/=]{1,128}")
        ? token.value()
        : Digest.ofText(token.value()).hex();
  }

  CloudControlClient client(String region) {
    return clients.client(CloudControlClient.class, region);
  }

  static String name(ResourceType type) {
    return type.unversioned();
  }

  static <T> T asked(Asked asked, UnaryOperator<String> redact, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, asked, redact);
    }
  }
}
