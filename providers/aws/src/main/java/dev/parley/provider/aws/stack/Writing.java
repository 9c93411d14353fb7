package dev.parley.provider.aws.stack;

import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.resource.Resource;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Begins what a plan asks for. */
final class Writing {
  /** A stack of one holds exactly what was approved, so that its approval covers these as well. */
  private static final List<Capability> APPROVED =
      List.of(Capability.CAPABILITY_IAM, Capability.CAPABILITY_NAMED_IAM);

  private final Formation formation;
  private final Holdings holdings;
  private final Sights sights;
  private final Function<String, String> secret;
  private final boolean only;
  private final Attributes attributes = new Attributes();

  /**
   * @param only whether resources can't be read through Cloud Control, so that their outputs come
   *     from the stack
   */
  Writing(
      Formation formation,
      Holdings holdings,
      Sights sights,
      Function<String, String> secret,
      boolean only) {
    this.formation = formation;
    this.holdings = holdings;
    this.sights = sights;
    this.secret = secret;
    this.only = only;
  }

  Operation create(Change.Create change, Token token, AwsType type) {
    boolean unit = Unit.is(type.schema().type());
    String name =
        unit ? Unit.name(change.desired(), token.correlation()) : Names.stack(token.correlation());
    if (unit) {
      refuseForeign(change.desired(), type, "create");
    }
    var handle =
        new Handle(
            Handle.Verb.CREATE,
            change.region(),
            name,
            Names.changeSet(token),
            Names.request(token),
            type.schema().type(),
            Identifier.of(type),
            "",
            List.of(),
            false);
    Supplied supplied =
        unit
            ? () ->
                Unit.submission(
                    name, change.desired(), Stacks.marks(token), Optional.empty(), secret)
            : () -> single(name, change, token, type);
    Optional<Operation> sent = sentBefore(handle, digest(change.desired()));
    if (sent.isPresent()) {
      return sent.get();
    }
    formation.stack(change.region(), name).ifPresent(stack -> makeRoom(stack, handle, token, unit));
    return submit(handle, supplied, ChangeSetType.CREATE, type, "create");
  }

  /** Something bears the name already: what is left of a failed try is deleted first. */
  private void makeRoom(Stack stack, Handle handle, Token token, boolean unit) {
    boolean ours =
        stack.stackName().equals(Names.stack(token.correlation()))
            || stack.tags().containsAll(Stacks.marks(token));
    switch (Standing.of(stack)) {
      case DELETED -> {}
      case EMPTY -> {
        if (ours) {
          clearAway(stack, handle, token);
        }
      }
      case ROLLED_BACK, FAILED, STUCK -> {
        if (ours) {
          clearAway(stack, handle, token);
        }
        throw taken(stack, unit);
      }
      case CREATING, UPDATING, COMPLETE, UNDONE -> throw taken(stack, unit);
      case DELETING ->
          throw new ProviderException.Conflict(
              formation.facts(
                  "create",
                  stack.stackStatusAsString(),
                  "the stack " + stack.stackName() + " is still being deleted"));
    }
  }

  private void clearAway(Stack stack, Handle handle, Token token) {
    formation.change(
        handle.region(),
        formation.asked("create", true),
        UnaryOperator.identity(),
        cloud ->
            cloud.deleteStack(
                request ->
                    request.stackName(stack.stackId()).clientRequestToken(Names.request(token))));
    throw new ProviderException.Conflict(
        formation.facts(
            "create",
            stack.stackStatusAsString(),
            "what a former try left, the stack " + stack.stackName() + ", is being deleted"));
  }

  private ProviderException taken(Stack stack, boolean unit) {
    return new ProviderException.AlreadyExists(
        formation.facts(
            "create",
            "AlreadyExistsException",
            "there is a stack "
                + stack.stackName()
                + " already, "
                + stack.stackStatusAsString()
                + (unit ? "; choose another StackName" : "")));
  }

  private Submission single(String name, Change.Create change, Token token, AwsType type) {
    Concealed concealed = concealed(change.desired(), 1, "create");
    List<Pointer> wanted = attributes.of(type);
    boolean readable = !only && type.handlers().contains("read");
    List<Pointer> asked =
        readable
            ? wanted.stream().filter(Identifier.of(type).assigned()::contains).toList()
            : wanted;
    var template =
        Single.of(change.at(), concealed.properties(), concealed.parameters().keySet(), asked);
    return submission(
        name,
        template,
        concealed.parameters(),
        List.of(),
        Stacks.marks(token),
        digest(change.desired()));
  }

  Operation update(Change.Update change, Token token, AwsType type) {
    return Unit.is(type.schema().type())
        ? updateUnit(change, token, type)
        : updateSingle(change, token, type);
  }

  private Operation updateSingle(Change.Update change, Token token, AwsType type) {
    Holding held =
        holdings
            .of(type, change.region(), change.id().value())
            .orElseThrow(() -> Stacks.unknown(formation, "update", change.id().value()));
    var changed = changed(change);
    boolean mayReplace =
        changed.stream()
            .allMatch(
                name ->
                    type.schema().mayReplace().stream()
                        .anyMatch(at -> at.segments().getFirst().equals(name)));
    Handle handle = updating(change, token, type, held.stack().stackName(), List.of(), mayReplace);
    Optional<Operation> sent = sentBefore(handle, digest(change.now()));
    if (sent.isPresent()) {
      return sent.get();
    }
    refuseMoved(
        change,
        changed,
        sights
            .of(held, type, change.region())
            .orElseThrow(() -> Stacks.unknown(formation, "update", change.id().value())),
        handle);
    Fields properties = held.template().properties();
    for (String name : changed) {
      Optional<Value> now = change.now().get(name);
      properties = now.isPresent() ? properties.with(name, now.get()) : properties.without(name);
    }
    for (Pointer output : type.schema().readOnly()) {
      properties = output.remove(properties);
    }
    Concealed concealed =
        concealed(properties, Concealed.next(held.template().parameters()), "update");
    Single template = held.template().with(concealed.properties(), concealed.parameters().keySet());
    Set<String> kept = new LinkedHashSet<>(template.parameters().fields().keySet());
    kept.removeAll(concealed.parameters().keySet());
    return submit(
        handle,
        () ->
            submission(
                handle.stack(),
                template,
                concealed.parameters(),
                List.copyOf(kept),
                List.of(),
                digest(change.now())),
        ChangeSetType.UPDATE,
        type,
        "update");
  }

  private Operation updateUnit(Change.Update change, Token token, AwsType type) {
    refuseForeign(change.now(), type, "update", change.was().fields().keySet());
    Stack stack =
        formation
            .stack(change.region(), change.id().value())
            .filter(one -> Standing.of(one) != Standing.DELETED)
            .orElseThrow(() -> Stacks.unknown(formation, "update", change.id().value()));
    List<String> removals = removals(change);
    Handle handle = updating(change, token, type, stack.stackName(), removals, false);
    Optional<Operation> sent = sentBefore(handle, digest(change.now()));
    if (sent.isPresent()) {
      return sent.get();
    }
    refuseMoved(
        change,
        changed(change),
        sights.unit(
            stack, type, change.region(), formation.template(change.region(), stack.stackId())),
        handle);
    Fields now =
        change.now().get("TemplateURL").isPresent()
            ? change.now().without("TemplateBody")
            : change.now();
    return submit(
        handle,
        () ->
            Unit.submission(
                stack.stackName(),
                now,
                stack.tags().stream().filter(tag -> tag.key().equals(Tagging.CORRELATION)).toList(),
                Optional.of(stack),
                secret),
        ChangeSetType.UPDATE,
        type,
        "update");
  }

  /** The resources that the approved template no longer has. */
  private static List<String> removals(Change.Update change) {
    Optional<Value> was = change.was().get("TemplateBody");
    Optional<Value> now = change.now().get("TemplateBody");
    if (was.isEmpty() || now.isEmpty()) {
      return List.of();
    }
    var removed = new LinkedHashSet<>(Templates.resources(was.get()));
    removed.removeAll(Templates.resources(now.get()));
    return List.copyOf(removed);
  }

  private Handle updating(
      Change.Update change,
      Token token,
      AwsType type,
      String stack,
      List<String> removals,
      boolean mayReplace) {
    return new Handle(
        Handle.Verb.UPDATE,
        change.region(),
        stack,
        Names.changeSet(token),
        Names.request(token),
        type.schema().type(),
        Identifier.of(type),
        change.id().value(),
        removals,
        mayReplace);
  }

  private static List<String> changed(Change.Update change) {
    var names = new LinkedHashSet<>(change.now().fields().keySet());
    names.addAll(change.was().fields().keySet());
    return names.stream()
        .filter(name -> !change.now().get(name).equals(change.was().get(name)))
        .toList();
  }

  private void refuseMoved(
      Change.Update change, List<String> changed, Resource current, Handle handle) {
    List<String> moved =
        changed.stream()
            .filter(name -> !change.was().get(name).equals(current.properties().get(name)))
            .toList();
    boolean ours =
        !moved.isEmpty()
            && formation.events(handle.region(), handle.stack()).stream()
                .anyMatch(event -> handle.token().equals(event.clientRequestToken()));
    if (!moved.isEmpty() && !ours) {
      throw new ProviderException.PreconditionFailed(
          formation.facts(
              "update",
              "Moved",
              change.id()
                  + " is no longer as the plan saw it: "
                  + String.join(", ", moved)
                  + " changed meanwhile; plan again"));
    }
  }

  Operation delete(Change.Delete change, Token token, AwsType type) {
    Optional<Stack> stack =
        Unit.is(type.schema().type()) || Stacks.stackId(change.id())
            ? formation.stack(change.region(), change.id().value())
            : holdings.of(type, change.region(), change.id().value()).map(Holding::stack);
    boolean gone = stack.isEmpty() || Standing.of(stack.get()) == Standing.DELETED;
    if (gone && change.was().isEmpty()) {
      throw Stacks.unknown(formation, "delete", change.id().value());
    }
    var handle =
        new Handle(
            Handle.Verb.DELETE,
            change.region(),
            stack.map(Stack::stackId).orElse(Names.stack(token.correlation())),
            "",
            Names.request(token),
            type.schema().type(),
            Identifier.of(type),
            change.id().value(),
            List.of(),
            false);
    if (gone) {
      return Progress.operation(
          handle,
          Operation.State.SUCCEEDED,
          Optional.of(change.id()),
          Optional.empty(),
          "it was gone already");
    }
    formation.change(
        change.region(),
        formation.asked("delete", type.schema()),
        UnaryOperator.identity(),
        cloud ->
            cloud.deleteStack(
                request -> request.stackName(handle.stack()).clientRequestToken(handle.token())));
    return Progress.running(handle, "deleting the stack " + stack.orElseThrow().stackName());
  }

  Operation cancel(Handle handle, Progress progress) {
    if (handle.verb() == Handle.Verb.DELETE) {
      throw new ProviderException.Refused(
          formation.unsent("cancel", "the deletion of a stack can't be stopped"));
    }
    Standing standing =
        formation.stack(handle.region(), handle.stack()).map(Standing::of).orElse(Standing.DELETED);
    switch (standing) {
      case EMPTY, COMPLETE, UNDONE, DELETED -> progress.clear(handle);
      case CREATING ->
          formation.change(
              handle.region(),
              formation.asked("cancel", true),
              UnaryOperator.identity(),
              cloud -> cloud.deleteStack(request -> request.stackName(handle.stack())));
      case UPDATING -> {
        formation.change(
            handle.region(),
            formation.asked("cancel", true),
            UnaryOperator.identity(),
            cloud -> cloud.cancelUpdateStack(request -> request.stackName(handle.stack())));
        return Progress.running(handle, "rolling back " + handle.stack());
      }
      case ROLLED_BACK, FAILED, DELETING, STUCK -> {
        return progress.of(handle);
      }
    }
    return Progress.operation(
        handle,
        Operation.State.CANCELLED,
        Optional.empty(),
        Optional.empty(),
        "stopped before it was done");
  }

  /** The answer to a call that was sent before, if its change set is there. */
  private Optional<Operation> sentBefore(Handle handle, Digest digest) {
    Optional<DescribeChangeSetResponse> set =
        formation.changeSet(handle.region(), handle.stack(), handle.changeSet());
    String expected = Submission.description(digest);
    String found = set.map(DescribeChangeSetResponse::description).orElse(expected);
    if (!found.equals(expected)) {
      throw new ProviderException.TokenReused(
          formation.facts(
              handle.verb().name().toLowerCase(java.util.Locale.ROOT),
              "AlreadyExistsException",
              "the change set "
                  + handle.changeSet()
                  + " was made from something else: two calls had one token"));
    }
    return set.map(_ -> Progress.running(handle, "the change set is there already"));
  }

  /** Makes what is sent; anew after an attribute was refused. */
  @FunctionalInterface
  private interface Supplied {
    Submission get();
  }

  private Operation submit(
      Handle handle, Supplied supplied, ChangeSetType kind, AwsType type, String operation) {
    Submission submission = supplied.get();
    refuseLong(submission, operation);
    while (true) {
      Submission now = submission;
      try {
        CreateChangeSetResponse answer =
            formation.change(
                handle.region(),
                formation.asked(operation, type.schema()),
                now.redact(),
                cloud -> created(cloud, now, handle, kind));
        if (answer.id() == null) {
          throw new ProviderException.OutcomeUnknown(
              formation.facts(operation, "", "CloudFormation said yes and named no change set"));
        }
        return Progress.running(handle, "the change set is being worked out");
      } catch (ProviderException.InvalidRequest e) {
        if (!attributes.refuse(type, e.facts().message())) {
          throw e;
        }
        submission = supplied.get();
      }
    }
  }

  private static CreateChangeSetResponse created(
      software.amazon.awssdk.services.cloudformation.CloudFormationClient cloud,
      Submission submission,
      Handle handle,
      ChangeSetType kind) {
    try {
      return cloud.createChangeSet(submission.request(handle.changeSet(), handle.token(), kind));
    } catch (AlreadyExistsException e) {
      DescribeChangeSetResponse there =
          cloud.describeChangeSet(
              request -> request.stackName(handle.stack()).changeSetName(handle.changeSet()));
      if (!submission.description().equals(there.description())) {
        throw e;
      }
      return CreateChangeSetResponse.builder().id(there.changeSetId()).build();
    }
  }

  private Submission submission(
      String stack,
      Single template,
      Map<String, String> secrets,
      List<String> kept,
      List<software.amazon.awssdk.services.cloudformation.model.Tag> marks,
      Digest digest) {
    var texts = new ArrayList<String>();
    var parameters = new TreeMap<String, Parameter>();
    for (String name : kept) {
      parameters.put(name, Parameter.builder().parameterKey(name).usePreviousValue(true).build());
    }
    secrets.forEach(
        (name, reference) -> {
          String text = secret.apply(reference);
          texts.add(text);
          parameters.put(name, Parameter.builder().parameterKey(name).parameterValue(text).build());
        });
    return new Submission(
        stack,
        Optional.of(Templates.text(template.template())),
        Optional.empty(),
        List.copyOf(parameters.values()),
        marks,
        APPROVED,
        Optional.empty(),
        List.of(),
        texts,
        digest);
  }

  private static Digest digest(Fields properties) {
    return Digest.of(properties);
  }

  private Concealed concealed(Fields properties, int from, String operation) {
    try {
      return Concealed.of(properties, from);
    } catch (IllegalArgumentException e) {
      throw new ProviderException.InvalidRequest(
          formation.unsent(operation, String.valueOf(e.getMessage())), List.of());
    }
  }

  private void refuseForeign(Fields properties, AwsType type, String operation) {
    refuseForeign(properties, type, operation, Set.of());
  }

  private void refuseForeign(Fields properties, AwsType type, String operation, Set<String> seen) {
    List<Pointer> foreign =
        Unit.foreign(properties, type.schema()).stream()
            .filter(at -> !seen.contains(at.segments().getFirst()))
            .toList();
    if (!foreign.isEmpty()) {
      throw new ProviderException.InvalidRequest(
          formation.unsent(
              operation,
              "a change set does not take "
                  + String.join(", ", foreign.stream().map(Pointer::toString).toList())
                  + "; leave it out"),
          foreign);
    }
  }

  private void refuseLong(Submission submission, String operation) {
    int length =
        submission
            .template()
            .map(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
            .orElse(0);
    if (length > Submission.LONGEST) {
      throw new ProviderException.InvalidRequest(
          formation.unsent(
              operation,
              "the template has "
                  + length
                  + " bytes and CloudFormation takes "
                  + Submission.LONGEST
                  + " in a call; put it into a bucket and give its TemplateURL"),
          List.of(Pointer.of("/TemplateBody")));
    }
  }
}
