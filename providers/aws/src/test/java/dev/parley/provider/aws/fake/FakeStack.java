package dev.parley.provider.aws.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One stack, its change sets, and what it made; belongs to {@link FakeStacks}. */
public final class FakeStack {
  final String name;
  final String id;
  final String account;
  final String region;
  final Instant made;
  final Map<String, ChangeSet> sets = new LinkedHashMap<>();
  final List<Value> events = new ArrayList<>();
  final Map<String, String> physical = new LinkedHashMap<>();
  Map<String, String> parameters = Map.of();
  List<Value> tags = List.of();
  Fields template = Fields.of("Resources", Fields.EMPTY);
  String status = "REVIEW_IN_PROGRESS";
  private final List<Runnable> coming = new ArrayList<>();

  /** Something that was submitted. */
  static final class ChangeSet {
    final String id;
    final String name;
    final String description;
    final Fields template;
    final Map<String, String> parameters;
    final List<Value> changes;
    final boolean update;
    String status = "CREATE_PENDING";
    String execution = "UNAVAILABLE";
    String reason = "";
    Optional<String> executed = Optional.empty();

    ChangeSet(
        String id,
        String name,
        String description,
        Fields template,
        Map<String, String> parameters,
        List<Value> changes,
        boolean update) {
      this.id = id;
      this.name = name;
      this.description = description;
      this.template = template;
      this.parameters = parameters;
      this.changes = changes;
      this.update = update;
    }

    Fields shown(FakeStack stack, String status, String execution) {
      return Fields.of("ChangeSetId", Value.text(id))
          .with("ChangeSetName", Value.text(name))
          .with("StackId", Value.text(stack.id))
          .with("StackName", Value.text(stack.name))
          .with("Description", Value.text(description))
          .with("Status", Value.text(status))
          .with("ExecutionStatus", Value.text(execution))
          .with("StatusReason", Value.text(reason))
          .with("Changes", new Items(changes));
    }
  }

  FakeStack(String name, String id, String account, String region, Instant made) {
    this.name = name;
    this.id = id;
    this.account = account;
    this.region = region;
    this.made = made;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its state, as the service names it. */
  public String status() {
    return status;
  }

  /** What it holds, by logical name. */
  public Map<String, String> held() {
    return Map.copyOf(physical);
  }

  /** The values of its parameters. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** The template that was executed last. */
  public Fields template() {
    return template;
  }

  boolean gone() {
    return status.equals("DELETE_COMPLETE");
  }

  boolean holds(String id) {
    return physical.containsValue(id) && !gone();
  }

  Map<String, String> parameters(List<Value> given) {
    var values = new LinkedHashMap<String, String>();
    for (Value item : given) {
      var parameter = (Fields) item;
      String key = parameter.text("ParameterKey").orElseThrow();
      parameter
          .text("ParameterValue")
          .or(() -> Optional.ofNullable(parameters.get(key)))
          .ifPresent(value -> values.put(key, value));
    }
    return values;
  }

  static List<Value> additions(Fields template) {
    var changes = new ArrayList<Value>();
    template
        .fieldsAt("Resources")
        .fields()
        .forEach((logical, resource) -> changes.add(change("Add", logical, resource, "")));
    return changes;
  }

  List<Value> differences(Fields next, Set<String> fixed) {
    var changes = new ArrayList<Value>();
    Fields now = template.fieldsAt("Resources");
    Fields then = next.fieldsAt("Resources");
    then.fields()
        .forEach(
            (logical, resource) -> {
              if (now.get(logical).isEmpty()) {
                changes.add(change("Add", logical, resource, ""));
              } else if (!now.get(logical).equals(Optional.of(resource))) {
                Fields was = now.fieldsAt(logical).fieldsAt("Properties");
                Fields will = then.fieldsAt(logical).fieldsAt("Properties");
                boolean replaces =
                    fixed.stream().anyMatch(name -> !was.get(name).equals(will.get(name)));
                changes.add(change("Modify", logical, resource, replaces ? "True" : "False"));
              }
            });
    now.fields()
        .forEach(
            (logical, resource) -> {
              if (then.get(logical).isEmpty()) {
                changes.add(change("Remove", logical, resource, ""));
              }
            });
    return changes;
  }

  private static Value change(String action, String logical, Value resource, String replacement) {
    Fields change =
        Fields.of("Action", Value.text(action))
            .with("LogicalResourceId", Value.text(logical))
            .with("ResourceType", ((Fields) resource).get("Type").orElseThrow());
    return Fields.of("Type", Value.text("Resource"))
        .with(
            "ResourceChange",
            replacement.isEmpty() ? change : change.with("Replacement", Value.text(replacement)));
  }

  void begin(
      ChangeSet set,
      String token,
      Instant now,
      Optional<String> failure,
      Set<String> unmade,
      int number) {
    String verb = set.update ? "UPDATE" : "CREATE";
    status = verb + "_IN_PROGRESS";
    event(name, "AWS::CloudFormation::Stack", status, "User Initiated", token, now);
    coming.add(
        () -> {
          if (failure.isPresent()) {
            event("Resource", "", verb + "_FAILED", failure.get(), token, now.plusSeconds(1));
            event(
                "Other",
                "",
                verb + "_FAILED",
                "Resource creation cancelled",
                token,
                now.plusMillis(500));
            status = set.update ? "UPDATE_ROLLBACK_COMPLETE" : "ROLLBACK_COMPLETE";
            set.execution = "EXECUTE_FAILED";
            template = set.update ? template : set.template;
            return;
          }
          template = set.template;
          parameters = set.parameters;
          hold(unmade, number);
          status = verb + "_COMPLETE";
          set.execution = "EXECUTE_COMPLETE";
          event(name, "AWS::CloudFormation::Stack", status, "", token, now.plusSeconds(2));
        });
  }

  private void hold(Set<String> unmade, int number) {
    Fields resources = template.fieldsAt("Resources");
    physical.keySet().retainAll(resources.fields().keySet());
    for (String logical : resources.fields().keySet()) {
      String type = resources.fieldsAt(logical).text("Type").orElse("");
      if (!unmade.contains(type)) {
        physical.putIfAbsent(
            logical, "thing-" + number + "-" + logical.toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  void delete(Instant now) {
    status = "DELETE_IN_PROGRESS";
    coming.clear();
    coming.add(
        () -> {
          physical.clear();
          status = "DELETE_COMPLETE";
        });
    event(name, "AWS::CloudFormation::Stack", status, "User Initiated", "", now);
  }

  /** What is under way goes on by one state. */
  void goOn(Instant now) {
    if (!coming.isEmpty()) {
      coming.removeFirst().run();
    }
  }

  private void event(
      String logical, String type, String status, String reason, String token, Instant at) {
    Fields event =
        Fields.of("StackId", Value.text(id))
            .with("EventId", Value.text(Integer.toString(events.size())))
            .with("StackName", Value.text(name))
            .with("LogicalResourceId", Value.text(logical))
            .with("ResourceType", Value.text(type))
            .with("ResourceStatus", Value.text(status))
            .with("ResourceStatusReason", Value.text(reason))
            .with("Timestamp", Value.text(at.toString()));
    events.add(token.isEmpty() ? event : event.with("ClientRequestToken", Value.text(token)));
  }

  List<Value> resources() {
    var shown = new ArrayList<Value>();
    physical.forEach(
        (logical, id) ->
            shown.add(
                Fields.of("StackName", Value.text(name))
                    .with("StackId", Value.text(this.id))
                    .with("LogicalResourceId", Value.text(logical))
                    .with("PhysicalResourceId", Value.text(id))
                    .with(
                        "ResourceType",
                        template
                            .fieldsAt("Resources")
                            .fieldsAt(logical)
                            .get("Type")
                            .orElse(Value.text("")))
                    .with("ResourceStatus", Value.text("CREATE_COMPLETE"))
                    .with("Timestamp", Value.text(made.toString()))));
    return shown;
  }

  Fields shown() {
    return Fields.of("StackId", Value.text(id))
        .with("StackName", Value.text(name))
        .with("StackStatus", Value.text(status))
        .with("CreationTime", Value.text(made.toString()))
        .with("Tags", new Items(tags))
        .with("Parameters", new Items(shownParameters()))
        .with("Outputs", new Items(outputs()));
  }

  private List<Value> shownParameters() {
    var shown = new ArrayList<Value>();
    parameters.forEach(
        (key, value) -> {
          boolean hidden = template.fieldsAt("Parameters").fieldsAt(key).get("NoEcho").isPresent();
          shown.add(
              Fields.of("ParameterKey", Value.text(key))
                  .with("ParameterValue", Value.text(hidden ? "****" : value)));
        });
    return shown;
  }

  private List<Value> outputs() {
    var shown = new ArrayList<Value>();
    if (!status.endsWith("_COMPLETE") || physical.isEmpty()) {
      return shown;
    }
    template
        .fieldsAt("Outputs")
        .fields()
        .forEach(
            (key, output) -> {
              var given = (Fields) output;
              List<Value> get = given.fieldsAt("Value").itemsAt("Fn::GetAtt");
              String value =
                  get.size() == 2 && get.get(1) instanceof Text(var attribute)
                      ? attribute.toLowerCase(java.util.Locale.ROOT) + "-of-" + name
                      : physical.getOrDefault(given.fieldsAt("Value").text("Ref").orElse(""), "");
              Fields one =
                  Fields.of("OutputKey", Value.text(key)).with("OutputValue", Value.text(value));
              shown.add(
                  given
                      .get("Description")
                      .map(about -> one.with("Description", about))
                      .orElse(one));
            });
    return shown;
  }
}
