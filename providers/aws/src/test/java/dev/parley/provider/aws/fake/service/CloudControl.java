package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.ModelCheck;
import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Progress;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.provider.aws.fake.world.World.Lag;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Cloud Control API: create, read, update, delete and list of every registered type. */
public final class CloudControl implements Service {
  private static final String ASKED = "TypeName!: text, TypeVersionId: text, RoleArn: text";

  private final World world;
  private final Requests requests;
  private final Handlers handlers;

  public CloudControl(World world, Requests requests, Handlers handlers) {
    this.world = world;
    this.requests = requests;
    this.handlers = handlers;
  }

  @Override
  public String signingName() {
    return "cloudcontrolapi";
  }

  @Override
  public Protocol protocol() {
    return new AwsJson("1.0", "CloudApiService", "com.amazon.cloudapiservice#");
  }

  @Override
  public Map<String, Operation> operations() {
    var operations = new LinkedHashMap<String, Operation>();
    operations.put(
        "CreateResource",
        Operation.changes(
            "{" + ASKED + ", ClientToken: text, DesiredState!: text}", handlers::create));
    operations.put(
        "UpdateResource",
        Operation.changes(
            "{" + ASKED + ", Identifier!: text, ClientToken: text, PatchDocument!: text}",
            handlers::update));
    operations.put(
        "DeleteResource",
        Operation.changes(
            "{" + ASKED + ", Identifier!: text, ClientToken: text}", handlers::delete));
    operations.put("GetResource", Operation.reads("{" + ASKED + ", Identifier!: text}", this::get));
    operations.put(
        "ListResources",
        Operation.reads(
            "{" + ASKED + ", NextToken: text, MaxResults: number, ResourceModel: text}",
            this::list));
    operations.put(
        "GetResourceRequestStatus", Operation.reads("{RequestToken!: text}", this::status));
    operations.put(
        "ListResourceRequests",
        Operation.reads(
            "{MaxResults: number, NextToken: text,"
                + " ResourceRequestStatusFilter: {Operations: [text], OperationStatuses: [text]}}",
            this::listRequests));
    operations.put(
        "CancelResourceRequest", Operation.changes("{RequestToken!: text}", this::cancel));
    return operations;
  }

  @Override
  public String about(Call call) {
    return call.input()
        .text("TypeName")
        .or(
            () ->
                call.input()
                    .text("RequestToken")
                    .flatMap(world::request)
                    .map(request -> request.place().type()))
        .orElse("");
  }

  private Fields get(Call call) {
    FakeType type = handlers.intake().type(call, "read");
    String id = call.input().text("Identifier").orElseThrow();
    Place place = Intake.place(call, type);
    requests.lookAt(place, id, call.now());
    Optional<Stored> found = world.find(place, id);
    Optional<Lag> lag = world.lookAt(place, id);
    Fields properties =
        lag.map(Lag::before)
            .orElse(found.map(Stored::properties))
            .orElseThrow(() -> notFound(type, id));
    return Fields.of("TypeName", Value.text(type.name()))
        .with("ResourceDescription", description(id, type.shown(properties)));
  }

  static ServiceError notFound(FakeType type, String id) {
    return new ServiceError(
        404,
        "ResourceNotFoundException",
        "Resource of type '" + type.name() + "' with identifier '" + id + "' was not found.");
  }

  private static Fields description(String id, Fields properties) {
    return Fields.of("Identifier", Value.text(id))
        .with("Properties", Value.text(Json.write(properties)));
  }

  private Fields list(Call call) {
    FakeType type = handlers.intake().type(call, "list");
    Place place = Intake.place(call, type);
    Fields model = model(call);
    if (!type.listing().isEmpty()) {
      List<String> missing = ModelCheck.missing(type.listing(), model);
      if (!missing.isEmpty()) {
        throw new ServiceError(
            400,
            "InvalidRequestException",
            "Missing or invalid ResourceModel property in "
                + type.name()
                + " list handler request input. Required property: "
                + missing);
      }
    }
    requests.lookAt(place, call.now());
    List<Value> all = new ArrayList<>();
    for (Stored each : world.in(place)) {
      boolean fits =
          model.fields().entrySet().stream()
              .allMatch(
                  field ->
                      each.properties().get(field.getKey()).equals(Optional.of(field.getValue())));
      if (fits && !world.hidden(place, each.id())) {
        Fields shown = type.shown(each.properties());
        all.add(
            description(
                each.id(),
                type.manners().listsAll() ? shown : type.onlyIdentifier(each.properties())));
      }
    }
    var page = Pages.of(call, all, "MaxResults", 20, 100, "NextToken", "InvalidRequestException");
    return page.into(
        Fields.of("TypeName", Value.text(type.name())), "ResourceDescriptions", "NextToken");
  }

  private static Fields model(Call call) {
    String text = call.input().text("ResourceModel").orElse("{}");
    try {
      if (Json.parsePlain(text) instanceof Fields fields) {
        return fields;
      }
    } catch (Invalid e) {
      throw ServiceError.validation("ResourceModel is no JSON: " + e.getMessage());
    }
    throw ServiceError.validation("ResourceModel is no JSON object");
  }

  private Fields status(Call call) {
    Progress now = requests.look(requests.mine(call), call.now());
    Fields answer = Fields.of("ProgressEvent", requests.event(now, call.now()));
    return now.hooks().isEmpty()
        ? answer
        : answer.with("HooksProgressEvent", new Items(requests.hooks(now)));
  }

  private Fields cancel(Call call) {
    return Fields.of("ProgressEvent", requests.event(requests.cancel(call), call.now()));
  }

  private Fields listRequests(Call call) {
    Fields filter = call.input().fieldsAt("ResourceRequestStatusFilter");
    List<Value> verbs = filter.itemsAt("Operations");
    List<Value> states = filter.itemsAt("OperationStatuses");
    List<Value> all =
        requests.recent(call).stream()
            .map(each -> requests.look(each, call.now()))
            .filter(each -> verbs.isEmpty() || verbs.contains(Value.text(each.verb().name())))
            .filter(each -> states.isEmpty() || states.contains(Value.text(each.status().name())))
            .<Value>map(each -> requests.event(each, call.now()))
            .toList()
            .reversed();
    var page = Pages.of(call, all, "MaxResults", 20, 100, "NextToken", "ValidationException");
    return page.into(Fields.EMPTY, "ResourceRequestStatusSummaries", "NextToken");
  }
}
