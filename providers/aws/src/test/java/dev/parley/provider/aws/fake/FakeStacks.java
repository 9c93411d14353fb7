package dev.parley.provider.aws.fake;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.wire.AwsQuery;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * CloudFormation's change sets: strict about names, tokens, types of change sets and attributes. A
 * stack goes on by one state with each look at it.
 */
public final class FakeStacks implements Service {
  private static final String NAMED = "{StackName!: text, ChangeSetName!: text, NextToken: text}";

  private final Map<String, FakeStack> stacks = new LinkedHashMap<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Set<String> fixed = new LinkedHashSet<>();
  private final Set<String> unmade = new LinkedHashSet<>();
  private Optional<String> failure = Optional.empty();
  private int numbers;

  /** {@code Fn::GetAtt} of this attribute is an error of the template. */
  public void refuseAttribute(String name) {
    refused.add(name);
  }

  /** A change of this property replaces the resource. */
  public void fix(String property) {
    fixed.add(property);
  }

  /** The next resource that is made or changed fails for this reason. */
  public void failNext(String reason) {
    failure = Optional.of(reason);
  }

  /** Stacks of this type are complete and hold nothing, as of a service that knows it not. */
  public void ignore(String type) {
    unmade.add(type);
  }

  /** The stacks that are not deleted. */
  public synchronized List<FakeStack> standing() {
    return stacks.values().stream().filter(stack -> !stack.gone()).toList();
  }

  @Override
  public String signingName() {
    return "cloudformation";
  }

  @Override
  public Protocol protocol() {
    return new AwsQuery("http://cloudformation.amazonaws.com/doc/2010-05-15/", "2010-05-15");
  }

  @Override
  public Map<String, Operation> operations() {
    var operations = new TreeMap<String, Operation>();
    operations.put(
        "CreateChangeSet",
        Operation.changes(
            "{StackName!: text, ChangeSetName!: text, ChangeSetType: text, ClientToken: text,"
                + " TemplateBody: text, Description: text, Capabilities: [text],"
                + " Parameters: [{ParameterKey!: text, ParameterValue: text,"
                + " UsePreviousValue: bool}], Tags: [{Key!: text, Value!: text}]}",
            this::create));
    operations.put("DescribeChangeSet", Operation.reads(NAMED, this::describeChangeSet));
    operations.put(
        "ExecuteChangeSet",
        Operation.changes(
            "{StackName!: text, ChangeSetName!: text, ClientRequestToken: text}", this::execute));
    operations.put(
        "DeleteChangeSet",
        Operation.changes("{StackName!: text, ChangeSetName!: text}", this::dropChangeSet));
    operations.put(
        "DescribeStacks",
        Operation.reads("{StackName: text, NextToken: text}", this::describeStacks));
    operations.put(
        "DescribeStackResources",
        Operation.reads("{StackName: text, PhysicalResourceId: text}", this::resources));
    operations.put(
        "DescribeStackEvents",
        Operation.reads("{StackName!: text, NextToken: text}", this::events));
    operations.put(
        "GetTemplate", Operation.reads("{StackName!: text, TemplateStage: text}", this::template));
    operations.put(
        "DeleteStack",
        Operation.changes("{StackName!: text, ClientRequestToken: text}", this::delete));
    return operations;
  }

  private synchronized Fields create(Call call) {
    String name = call.input().text("StackName").orElseThrow();
    String set = call.input().text("ChangeSetName").orElseThrow();
    matches("stackName", name, "(arn:.*)|[a-zA-Z][-a-zA-Z0-9]{0,127}");
    matches("changeSetName", set, "[a-zA-Z][-a-zA-Z0-9]{0,127}");
    call.input().text("ClientToken").ifPresent(FakeStacks::token);
    Fields template = template(call.input().text("TemplateBody").orElse(""));
    boolean update = call.input().text("ChangeSetType").filter("UPDATE"::equals).isPresent();
    Optional<FakeStack> there = named(call, name);
    if (update && there.filter(stack -> !stack.status.equals("REVIEW_IN_PROGRESS")).isEmpty()) {
      throw absent(name);
    }
    if (!update && there.filter(stack -> !stack.status.equals("REVIEW_IN_PROGRESS")).isPresent()) {
      throw invalid("Stack [" + name + "] already exists and cannot be created again");
    }
    FakeStack stack = there.orElseGet(() -> added(call, name));
    if (stack.sets.containsKey(set)) {
      throw new ServiceError(400, "AlreadyExistsException", "ChangeSet " + set + " already exists");
    }
    if (!update) {
      stack.tags = call.input().itemsAt("Tags");
    }
    var made =
        new FakeStack.ChangeSet(
            arn(call, "changeSet/" + set),
            set,
            call.input().text("Description").orElse(""),
            template,
            stack.parameters(call.input().itemsAt("Parameters")),
            update ? stack.differences(template, fixed) : FakeStack.additions(template),
            update);
    stack.sets.put(set, made);
    return Fields.of("Id", Value.text(made.id)).with("StackId", Value.text(stack.id));
  }

  private FakeStack added(Call call, String name) {
    var stack =
        new FakeStack(name, arn(call, "stack/" + name), call.account(), call.region(), call.now());
    stacks.put(stack.id, stack);
    return stack;
  }

  private Fields template(String text) {
    try {
      if (Json.parsePlain(text) instanceof Fields template
          && !template.fieldsAt("Resources").isEmpty()) {
        for (Value output : template.fieldsAt("Outputs").fields().values()) {
          List<Value> get = ((Fields) output).fieldsAt("Value").itemsAt("Fn::GetAtt");
          if (get.size() == 2
              && get.get(1) instanceof Value.Text(var attribute)
              && refused.contains(attribute)) {
            throw invalid(
                "Template error: resource "
                    + ((Value.Text) get.getFirst()).text()
                    + " does not support attribute type "
                    + attribute
                    + " in Fn::GetAtt");
          }
        }
        return template;
      }
    } catch (Invalid e) {
      throw invalid("Template format error: JSON not well-formed. " + e.getMessage());
    }
    throw invalid("Template format error: At least one Resources member must be defined.");
  }

  private synchronized Fields describeChangeSet(Call call) {
    FakeStack stack = required(call);
    FakeStack.ChangeSet set = set(stack, call);
    if (set.status.equals("CREATE_PENDING")) {
      boolean nothing = set.update && set.changes.isEmpty();
      set.status = nothing ? "FAILED" : "CREATE_COMPLETE";
      set.execution = nothing ? "UNAVAILABLE" : "AVAILABLE";
      set.reason = nothing ? "The submitted information didn't contain changes." : "";
      return set.shown(stack, "CREATE_PENDING", "UNAVAILABLE");
    }
    return set.shown(stack, set.status, set.execution);
  }

  private synchronized Fields execute(Call call) {
    FakeStack stack = required(call);
    FakeStack.ChangeSet set = set(stack, call);
    String token = call.input().text("ClientRequestToken").orElse("");
    if (!token.isEmpty()) {
      token(token);
    }
    if (set.executed.equals(Optional.of(token)) && !token.isEmpty()) {
      return Fields.EMPTY;
    }
    if (!set.execution.equals("AVAILABLE")) {
      throw new ServiceError(
          400,
          "InvalidChangeSetStatus",
          "ChangeSet [" + set.id + "] cannot be executed in its current status of " + set.status);
    }
    set.executed = Optional.of(token);
    set.execution = "EXECUTE_IN_PROGRESS";
    stack.begin(set, token, call.now(), failure, unmade, numbers++);
    failure = Optional.empty();
    return Fields.EMPTY;
  }

  private synchronized Fields dropChangeSet(Call call) {
    FakeStack stack = required(call);
    stack.sets.remove(set(stack, call).name);
    return Fields.EMPTY;
  }

  private synchronized Fields describeStacks(Call call) {
    Optional<String> name = call.input().text("StackName");
    if (name.isPresent()) {
      FakeStack stack = required(call);
      Fields shown = stack.shown();
      stack.goOn(call.now());
      return Fields.of("Stacks", Items.of(shown));
    }
    var shown = new ArrayList<Value>();
    for (FakeStack stack : here(call)) {
      if (!stack.gone()) {
        shown.add(stack.shown());
      }
    }
    return Fields.of("Stacks", new Items(shown));
  }

  private synchronized Fields resources(Call call) {
    Optional<String> physical = call.input().text("PhysicalResourceId");
    List<FakeStack> asked =
        physical.isPresent()
            ? here(call).stream().filter(stack -> stack.holds(physical.get())).toList()
            : List.of(required(call));
    if (asked.isEmpty()) {
      throw invalid("Stack for " + physical.orElseThrow() + " does not exist");
    }
    return Fields.of(
        "StackResources",
        new Items(asked.stream().flatMap(stack -> stack.resources().stream()).toList()));
  }

  private synchronized Fields events(Call call) {
    return Fields.of("StackEvents", new Items(List.copyOf(required(call).events.reversed())));
  }

  private synchronized Fields template(Call call) {
    return Fields.of("TemplateBody", Value.text(Json.write(required(call).template)));
  }

  private synchronized Fields delete(Call call) {
    String name = call.input().text("StackName").orElseThrow();
    call.input().text("ClientRequestToken").ifPresent(FakeStacks::token);
    named(call, name).ifPresent(stack -> stack.delete(call.now()));
    return Fields.EMPTY;
  }

  private FakeStack required(Call call) {
    String name = call.input().text("StackName").orElseThrow();
    return named(call, name).orElseThrow(() -> absent(name));
  }

  /** By its id also after its end, by its name only before. */
  private Optional<FakeStack> named(Call call, String name) {
    return here(call).stream()
        .filter(stack -> stack.id.equals(name) || (stack.name.equals(name) && !stack.gone()))
        .findFirst();
  }

  private List<FakeStack> here(Call call) {
    return stacks.values().stream()
        .filter(stack -> stack.account.equals(call.account()) && stack.region.equals(call.region()))
        .toList();
  }

  private static FakeStack.ChangeSet set(FakeStack stack, Call call) {
    String name = call.input().text("ChangeSetName").orElseThrow();
    return Optional.ofNullable(stack.sets.get(name))
        .orElseThrow(
            () ->
                new ServiceError(
                    404, "ChangeSetNotFound", "ChangeSet [" + name + "] does not exist"));
  }

  private static String arn(Call call, String rest) {
    return "arn:aws:cloudformation:"
        + call.region()
        + ":"
        + call.account()
        + ":"
        + rest
        + "/"
        + UUID.randomUUID();
  }

  private static void token(String token) {
    matches("clientRequestToken", token, "[a-zA-Z0-9][-a-zA-Z0-9]{0,127}");
  }

  private static void matches(String member, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw invalid(
          "1 validation error detected: Value '"
              + value
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
              + pattern);
    }
  }

  private static ServiceError absent(String name) {
    return invalid("Stack with id " + name + " does not exist");
  }

  private static ServiceError invalid(String message) {
    return new ServiceError(400, "ValidationError", message);
  }
}
