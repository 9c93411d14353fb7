package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.Patterns;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.plan.Change;
import dev.parley.provider.Capability;
import dev.parley.provider.Costs;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every provider promises. A subject gives providers, samples, misfortunes and the wire's log;
 * what it can't promise it names in {@link #skips()} with the reason.
 */
@ExtendWith(ContractReport.class)
public abstract class ProviderContract {
  /** The text behind the secret's reference {@code test:secret}. */
  protected static final String SECRET = "correct-horse-battery";

  private final List<Provider> opened = new ArrayList<>();
  private String test = "";
  private int names;

  /**
   * A new provider of an account: {@code one} or {@code two}. Secrets are resolved by {@link
   * #secret}.
   */
  protected abstract Provider provider(String account);

  /** At least one for each kind of lifecycle. */
  protected abstract List<Sample> samples();

  /** Lets it befall the next call that concerns this sample's type. */
  protected abstract void strike(Misfortune misfortune, Sample sample);

  /** Every request that reached the cloud, oldest first. */
  protected abstract List<Wire> wireLog();

  /** Lets this much time pass, for operations to go on. */
  protected abstract void pass(Duration time);

  /** A provider whose cloud is not there; empty if it can't be away. */
  protected abstract Optional<Provider> unreachable();

  /** Promises that this subject does not give, and why. */
  protected Map<Integer, String> skips() {
    return Map.of();
  }

  /** One request on the wire. */
  public record Wire(boolean mutates, Fields body) {}

  /** Resolves the references that the contract uses. */
  protected static String secret(String reference) {
    if (!reference.equals("test:secret")) {
      throw new IllegalArgumentException("no secret " + reference);
    }
    return SECRET;
  }

  @BeforeEach
  final void skip_what_is_not_promised(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
    Promise promise = info.getTestMethod().orElseThrow().getAnnotation(Promise.class);
    if (promise != null && skips().containsKey(promise.value())) {
      abort(skips().get(promise.value()));
    }
  }

  @AfterEach
  final void close_what_was_opened() {
    opened.forEach(Provider::close);
  }

  @Test
  @Promise(1)
  void building_does_no_io() {
    int before = wireLog().size();
    try (Provider provider = provider("one")) {
      assertThat(provider.info().account()).isEqualTo("one");
      assertThat(provider.info().concurrency()).isPositive();
    }
    assertThat(wireLog()).hasSize(before);
  }

  @Test
  @Promise(1)
  void check_says_that_all_is_well_and_close_may_be_repeated() {
    Provider provider = provider("one");
    assertThat(provider.check().ok()).isTrue();
    provider.close();
    assertThatCode(provider::close).doesNotThrowAnyException();
  }

  @Test
  @Promise(1)
  void check_of_an_absent_cloud_says_what_to_do() {
    Optional<Provider> provider = unreachable();
    assumeTrue(provider.isPresent(), "its cloud can't be away");
    try (Provider away = provider.get()) {
      assertThat(away.check().ok()).isFalse();
      assertThat(away.check().next()).isPresent();
    }
  }

  @Test
  @Promise(2)
  void a_read_of_the_unknown_is_empty() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      assertThat(
              provider.read(sample.type(), sample.region(), new ResourceId("no-such-thing-4711")))
          .isEmpty();
    }
  }

  @Test
  @Promise(2)
  void what_was_sent_can_be_read_back() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      Resource made = make(provider, sample, body);
      TypeSchema schema = schema(provider, sample);
      assertThat(Differ.changed(schema, body, made.properties()))
          .as(sample.type().toString())
          .isEmpty();
      for (Pointer hidden : schema.writeOnly()) {
        assertThat(Patterns.places(hidden, made.properties()))
            .as(sample.type() + " shows " + hidden)
            .isEmpty();
      }
      assertThat(schema.identity().in(made.properties())).contains(Value.text(made.id().value()));
    }
  }

  @Test
  @Promise(3)
  void the_same_token_and_body_make_one_resource() {
    Provider provider = open("one");
    assumeTrue(
        claims(provider, Capability.IDEMPOTENCY_TOKEN), "idempotency tokens are not claimed");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      Token token = token(create);
      Operation first = provider.create(create, token);
      Operation again = provider.create(create, token);
      assertThat(again.handle()).isEqualTo(first.handle());
      ResourceId id = finish(provider, first).resource().orElseThrow();
      assertThat(finish(provider, again).resource()).contains(id);
      assertThat(all(provider))
          .filteredOn(one -> one.type().equals(sample.type()) && one.id().equals(id))
          .hasSize(1);
    }
  }

  @Test
  @Promise(3)
  void a_token_used_for_another_body_is_refused() {
    Provider provider = open("one");
    assumeTrue(
        claims(provider, Capability.IDEMPOTENCY_TOKEN), "idempotency tokens are not claimed");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      Token token = token(create);
      provider.create(create, token);
      var other =
          new Change.Create(create.at(), create.region(), sample.change().apply(create.desired()));
      assertThatThrownBy(() -> provider.create(other, token))
          .isInstanceOf(ProviderException.TokenReused.class);
    }
  }

  @Test
  @Promise(4)
  void what_a_lost_create_made_is_found_by_its_correlation() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      Token token = token(create);
      strike(Misfortune.DROP_AFTER_SEND, sample);
      assertThatThrownBy(() -> provider.create(create, token))
          .isInstanceOf(ProviderException.OutcomeUnknown.class);
      Resource found =
          provider.find(sample.type(), sample.region(), token.correlation()).orElseThrow();
      assertThat(provider.read(sample.type(), sample.region(), found.id())).isPresent();
    }
  }

  @Test
  @Promise(5)
  void what_was_deleted_is_gone_and_may_be_deleted_again() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Resource made = make(provider, sample, body(sample));
      Change.Delete delete = delete(sample, made);
      assertThat(finish(provider, provider.delete(delete, token(delete))).state())
          .isEqualTo(Operation.State.SUCCEEDED);
      assertThat(provider.read(sample.type(), sample.region(), made.id())).isEmpty();
      Operation again = provider.delete(delete, token(delete, "again"));
      assertThat(finish(provider, again).state()).isEqualTo(Operation.State.SUCCEEDED);
    }
  }

  @Test
  @Promise(5)
  void a_delete_of_what_was_never_seen_says_so() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      var delete =
          new Change.Delete(
              address(sample, name()),
              sample.region(),
              new ResourceId("no-such-thing-4711"),
              Fields.EMPTY);
      assertThatThrownBy(() -> provider.delete(delete, token(delete)))
          .isInstanceOf(ProviderException.NotFound.class);
    }
  }

  @Test
  @Promise(6)
  void a_list_shows_everything_once() {
    Provider provider = open("one");
    var made = new ArrayList<ResourceId>();
    for (Sample sample : samples()) {
      for (int i = 0; i < 4; i++) {
        made.add(make(provider, sample, body(sample)).id());
      }
    }
    List<Resource> listed = all(provider);
    assertThat(listed).extracting(Resource::id).containsAll(made);
    assertThat(listed)
        .extracting(one -> one.type() + " " + one.region() + " " + one.id())
        .doesNotHaveDuplicates();
    for (Sample sample : samples()) {
      List<Resource> ofType = pages(provider, Optional.of(sample));
      assertThat(ofType).isNotEmpty().allMatch(one -> one.type().equals(sample.type()));
    }
  }

  @Test
  @Promise(6)
  void a_type_that_can_not_be_listed_is_a_named_gap() {
    Provider provider = open("one");
    assumeTrue(samples().size() > 1, "there is only one type");
    Sample denied = samples().getFirst();
    Sample other = samples().getLast();
    make(provider, denied, body(denied));
    ResourceId made = make(provider, other, body(other)).id();
    strike(Misfortune.DENY_LIST, denied);
    var gaps = new ArrayList<String>();
    var listed = new ArrayList<Resource>();
    Optional<String> next = Optional.empty();
    do {
      Page<Resource> page = provider.list(Optional.empty(), next);
      listed.addAll(page.items());
      gaps.addAll(page.gaps());
      next = page.next();
    } while (next.isPresent());
    assertThat(gaps).singleElement().asString().contains(denied.type().name());
    assertThat(listed).extracting(Resource::id).contains(made);
    assertThat(listed).noneMatch(one -> one.type().equals(denied.type()));
  }

  @Test
  @Promise(7)
  void what_is_not_claimed_is_refused_with_nothing_done() {
    Provider provider = open("one");
    Sample sample = samples().getFirst();
    Resource made = make(provider, sample, body(sample));
    int before = wireLog().size();
    if (!claims(provider, Capability.CANCEL)) {
      var handle = new OperationHandle("any", Fields.EMPTY);
      assertThatThrownBy(() -> provider.cancel(handle))
          .isInstanceOf(ProviderException.Refused.class);
    }
    if (!claims(provider, Capability.PRICES)) {
      assertThatThrownBy(provider::prices).isInstanceOf(ProviderException.Refused.class);
    }
    if (!claims(provider, Capability.HEALTH)) {
      assertThatThrownBy(() -> provider.health(made)).isInstanceOf(ProviderException.Refused.class);
    }
    if (!claims(provider, Capability.LOGS)) {
      assertThatThrownBy(() -> provider.logs(made, Instant.EPOCH, 1))
          .isInstanceOf(ProviderException.Refused.class);
    }
    if (!claims(provider, Capability.COSTS)) {
      assertThatThrownBy(() -> provider.costs(lastDays()))
          .isInstanceOf(ProviderException.Refused.class);
    }
    if (!claims(provider, Capability.OPERATIONS)) {
      assertThatThrownBy(() -> provider.operations("stop", 1))
          .isInstanceOf(ProviderException.Refused.class);
      assertThatThrownBy(() -> provider.query("any.Thing", sample.region(), Fields.EMPTY))
          .isInstanceOf(ProviderException.Refused.class);
    }
    var call =
        new Change.Call(
            address(sample, made.name()), sample.region(), made.id(), "levitate", Fields.EMPTY);
    assertThatThrownBy(() -> provider.call(call, token(call)))
        .isInstanceOf(ProviderException.Refused.class);
    assertThat(wireLog()).hasSize(before);
  }

  @Test
  @Promise(7)
  void health_and_logs_answer_where_they_are_claimed() {
    Provider provider = open("one");
    assumeTrue(
        claims(provider, Capability.HEALTH) || claims(provider, Capability.LOGS),
        "neither health nor logs are claimed");
    for (Sample sample : samples()) {
      Resource made = make(provider, sample, body(sample));
      pass(Duration.ofMinutes(5));
      if (claims(provider, Capability.HEALTH)) {
        assertThat(provider.health(made).detail()).isNotBlank();
      }
      if (claims(provider, Capability.LOGS)) {
        try {
          assertThat(provider.logs(made, Instant.EPOCH, 3)).hasSizeLessThanOrEqualTo(3);
        } catch (ProviderException.Refused e) {
          assertThat(e).as("not every type writes").hasMessageContaining(sample.type().name());
        }
      }
    }
  }

  private static Costs.Query lastDays() {
    LocalDate day = LocalDate.parse("2026-11-01");
    return new Costs.Query(day, day.plusDays(7), false, Costs.By.SERVICE, "");
  }

  @Test
  @Promise(7)
  void costs_lie_within_the_period_where_they_are_claimed() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.COSTS), "costs are not claimed");
    Costs.Query asked = lastDays();
    long before = mutations();
    Costs costs = provider.costs(asked);
    assertThat(costs.lines())
        .allSatisfy(
            line -> {
              assertThat(line.from()).isAfterOrEqualTo(asked.from());
              assertThat(line.to()).isBeforeOrEqualTo(asked.to());
              assertThat(line.from()).isBefore(line.to());
            });
    assertThat(mutations()).isEqualTo(before);
  }

  @Test
  @Promise(7)
  void operations_are_found_by_words_and_by_their_whole_name_where_they_are_claimed() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.OPERATIONS), "operations are not claimed");
    List<OperationInfo> found = provider.operations("things", 5);
    assumeFalse(found.isEmpty() && provider.operations("list", 5).isEmpty(), "nothing to look for");
    List<OperationInfo> some = found.isEmpty() ? provider.operations("list", 5) : found;
    assertThat(some).hasSizeLessThanOrEqualTo(5);
    for (OperationInfo one : some) {
      assertThat(provider.operations(one.name(), 5))
          .extracting(OperationInfo::name)
          .containsExactly(one.name());
      assertThat(one.input().text("type")).contains("object");
    }
    assertThat(provider.operations("no.SuchOperationAtAll", 5)).isEmpty();
  }

  @Test
  @Promise(7)
  void what_may_change_something_is_no_query() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.OPERATIONS), "operations are not claimed");
    List<OperationInfo> changing =
        java.util.stream.Stream.of("things", "create", "delete", "stop")
            .flatMap(words -> provider.operations(words, 10).stream())
            .filter(one -> !one.reading())
            .toList();
    assumeFalse(changing.isEmpty(), "no operation changes anything");
    int before = wireLog().size();
    for (OperationInfo one : changing) {
      assertThatThrownBy(
              () -> provider.query(one.name(), samples().getFirst().region(), Fields.EMPTY))
          .isInstanceOf(ProviderException.Refused.class);
    }
    assertThat(wireLog()).hasSize(before);
  }

  @Test
  @Promise(6)
  void whoever_answers_a_listing_has_a_name() {
    Provider provider = open("one");
    Page<Resource> page = provider.list(Optional.empty(), Optional.empty());
    assertThat(page.sources()).isNotEmpty();
    assertThat(page.sources()).allSatisfy(source -> assertThat(source.name()).isNotBlank());
    assertThat(page.sources()).extracting(Page.Source::name).doesNotHaveDuplicates();
  }

  @Test
  @Promise(7)
  void every_operation_of_a_type_can_be_called() {
    Provider provider = open("one");
    List<Sample> callable =
        samples().stream().filter(sample -> !schema(provider, sample).calls().isEmpty()).toList();
    assumeFalse(callable.isEmpty(), "no type has operations of its own");
    for (Sample sample : callable) {
      Resource made = make(provider, sample, body(sample));
      for (String operation : schema(provider, sample).calls()) {
        var call =
            new Change.Call(
                address(sample, made.name()), sample.region(), made.id(), operation, Fields.EMPTY);
        assertThat(finish(provider, provider.call(call, token(call))).state())
            .isEqualTo(Operation.State.SUCCEEDED);
      }
    }
  }

  @Test
  @Promise(8)
  void one_call_is_one_mutating_request() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      long before = mutations();
      Operation operation = provider.create(create, token(create));
      assertThat(mutations()).isEqualTo(before + 1);
      finish(provider, operation);
      assertThat(mutations()).isEqualTo(before + 1);
    }
  }

  @Test
  @Promise(8)
  void being_throttled_surfaces_at_once_with_its_delay() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      strike(Misfortune.THROTTLE, sample);
      long before = mutations();
      var throttled =
          catchThrowableOfType(
              ProviderException.Throttled.class, () -> provider.create(create, token(create)));
      assertThat(throttled.delay()).contains(Duration.ofSeconds(7));
      assertThat(throttled.facts().status()).isEqualTo(429);
      assertThat(mutations()).isEqualTo(before + 1);
      assertThat(provider.find(sample.type(), sample.region(), token(create).correlation()))
          .isEmpty();
    }
  }

  @Test
  @Promise(9)
  void an_answer_that_never_came_means_the_outcome_is_unknown() {
    Provider provider = open("one");
    for (Misfortune misfortune :
        List.of(Misfortune.DROP_AFTER_SEND, Misfortune.TRUNCATE, Misfortune.EMPTY_SUCCESS)) {
      for (Sample sample : samples()) {
        Change.Create create = create(sample, name(), sample.body());
        strike(misfortune, sample);
        long before = mutations();
        var unknown =
            catchThrowableOfType(
                ProviderException.OutcomeUnknown.class,
                () -> provider.create(create, token(create)));
        assertThat(unknown).as(misfortune + " of " + sample.type()).isNotNull();
        assertThat(unknown.facts().sent()).isNotEqualTo(ProviderException.Sent.NO);
        assertThat(mutations()).as("sent once").isEqualTo(before + 1);
      }
    }
  }

  @Test
  @Promise(9)
  void a_resend_with_the_token_after_a_lost_answer_makes_nothing_twice() {
    Provider provider = open("one");
    assumeTrue(
        claims(provider, Capability.IDEMPOTENCY_TOKEN), "idempotency tokens are not claimed");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      strike(Misfortune.DROP_AFTER_SEND, sample);
      assertThatThrownBy(() -> provider.create(create, token(create)))
          .isInstanceOf(ProviderException.OutcomeUnknown.class);
      ResourceId id =
          finish(provider, provider.create(create, token(create))).resource().orElseThrow();
      Resource found =
          provider.find(sample.type(), sample.region(), token(create).correlation()).orElseThrow();
      assertThat(found.id()).isEqualTo(id);
    }
  }

  @Test
  @Promise(10)
  void another_provider_resumes_an_operation_from_its_handle() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.RESUMABLE_POLL), "resumable polls are not claimed");
    for (Sample sample : samples()) {
      strike(Misfortune.SLOW, sample);
      Change.Create create = create(sample, name(), sample.body());
      Operation started = provider.create(create, token(create));
      assertThat(started.state()).isEqualTo(Operation.State.RUNNING);
      String stored = Json.write(Codec.encode(started.handle()));
      OperationHandle handle = Codec.decode((Fields) Json.parse(stored), OperationHandle.class);
      try (Provider later = provider("one")) {
        assertThat(later.poll(handle).state()).isEqualTo(Operation.State.RUNNING);
        Operation ended = finish(later, later.poll(handle));
        assertThat(ended.state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(later.read(sample.type(), sample.region(), ended.resource().orElseThrow()))
            .isPresent();
      }
    }
  }

  @Test
  @Promise(10)
  void a_failed_operation_says_why() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      strike(Misfortune.FAIL_OPERATION, sample);
      Change.Create create = create(sample, name(), sample.body());
      Operation ended = finish(provider, provider.create(create, token(create)));
      assertThat(ended.state()).isEqualTo(Operation.State.FAILED);
      ProviderException error = ended.error().orElseThrow();
      assertThat(error.facts().code()).isNotBlank();
      assertThat(error.facts().message()).isNotBlank();
    }
  }

  @Test
  @Promise(10)
  void a_cancelled_operation_makes_nothing() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.CANCEL), "cancel is not claimed");
    for (Sample sample : samples()) {
      strike(Misfortune.SLOW, sample);
      Change.Create create = create(sample, name(), sample.body());
      Operation started = provider.create(create, token(create));
      assertThat(provider.cancel(started.handle()).state()).isEqualTo(Operation.State.CANCELLED);
      pass(Duration.ofHours(1));
      assertThat(provider.find(sample.type(), sample.region(), token(create).correlation()))
          .isEmpty();
    }
  }

  @Test
  @Promise(11)
  void validation_does_no_io_and_a_hole_silences_only_itself() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      provider.validate(sample.type(), body);
      int before = wireLog().size();
      assertThat(errors(provider, sample, body)).as(sample.type().toString()).isEmpty();
      for (String name : body.fields().keySet()) {
        Fields holed = body.with(name, new Ref("one/x:y/z", "/Id"));
        assertThat(errors(provider, sample, holed))
            .as(sample.type() + " with a hole at " + name)
            .isEmpty();
        Fields wrong = holed.with("NoSuchPropertyAtAll", Value.num(1));
        assertThat(provider.validate(sample.type(), wrong))
            .filteredOn(error -> error.grade() != SchemaError.Grade.UNKNOWN)
            .extracting(error -> error.path().toString())
            .containsExactly("/NoSuchPropertyAtAll");
      }
      assertThat(wireLog()).hasSize(before);
    }
  }

  @Test
  @Promise(12)
  void the_catalog_describes_what_can_be_made() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      assertThat(provider.catalog().types()).contains(sample.type());
      assertThat(schema(provider, sample).schema().fieldsAt("properties").isEmpty()).isFalse();
    }
    assertThat(provider.catalog().revision())
        .isNotBlank()
        .isEqualTo(open("one").catalog().revision());
  }

  @Test
  @Promise(12)
  void a_field_that_the_catalog_does_not_know_reaches_the_wire_unchanged() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Value future =
          Fields.of(
              "käse", Items.of(Value.num(new BigDecimal("12345678901234567890.0625")), Value.NULL));
      Fields body = body(sample).with("futureField", future);
      Change.Create create = create(sample, name(), _ -> body);
      try {
        finish(provider, provider.create(create, token(create)));
      } catch (ProviderException.InvalidRequest e) {
        assertThat(e.paths())
            .extracting(Pointer::toString)
            .anyMatch(path -> path.contains("futureField"));
      }
      Wire sent = wireLog().stream().filter(Wire::mutates).toList().getLast();
      assertThat(sent.body().get("futureField")).contains(future);
    }
  }

  @Test
  @Promise(13)
  void a_plan_changes_nothing_and_tells_update_from_replacement() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      Resource made = make(provider, sample, body);
      Address at = address(sample, made.name());
      long before = mutations();
      assertThat(provider.plan(at, sample.region(), body, Optional.empty()))
          .isInstanceOf(Change.Create.class);
      assertThat(provider.plan(at, sample.region(), body, Optional.of(made)))
          .isInstanceOf(Change.NoOp.class);
      Change update =
          provider.plan(at, sample.region(), sample.change().apply(body), Optional.of(made));
      assertThat(update).isInstanceOf(Change.Update.class);
      if (sample.fixed().isPresent()) {
        Fields fixed = sample.fixed().get().apply(body);
        assertThat(provider.plan(at, sample.region(), fixed, Optional.of(made)))
            .isInstanceOf(Change.Replace.class);
      }
      assertThat(mutations()).isEqualTo(before);
    }
  }

  @Test
  @Promise(13)
  void an_update_changes_what_was_asked_and_sends_nothing_read_only() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      Resource made = make(provider, sample, body);
      Fields asked = sample.change().apply(body);
      Fields now = sample.change().apply(made.properties());
      var update =
          new Change.Update(
              address(sample, made.name()), sample.region(), made.id(), made.properties(), now);
      assertThat(finish(provider, provider.update(update, token(update))).state())
          .isEqualTo(Operation.State.SUCCEEDED);
      Fields sent = wireLog().stream().filter(Wire::mutates).toList().getLast().body();
      TypeSchema schema = schema(provider, sample);
      schema
          .readOnly()
          .forEach(at -> assertThat(Patterns.places(at, sent)).as("sent " + at).isEmpty());
      Resource after = provider.read(sample.type(), sample.region(), made.id()).orElseThrow();
      assertThat(Differ.changed(schema, asked, after.properties())).isEmpty();
      for (Pointer output : schema.readOnly()) {
        assertThat(output.in(after.properties()))
            .as("keeps " + output)
            .isEqualTo(output.in(made.properties()));
      }
    }
  }

  @Test
  @Promise(13)
  void an_update_of_what_has_moved_meanwhile_is_refused() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.OPTIMISTIC_LOCK), "optimistic locks are not claimed");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      Resource made = make(provider, sample, body);
      Fields now = sample.change().apply(made.properties());
      var update =
          new Change.Update(
              address(sample, made.name()), sample.region(), made.id(), made.properties(), now);
      finish(provider, provider.update(update, token(update)));
      assertThatThrownBy(() -> provider.update(update, token(update, "late")))
          .isInstanceOf(ProviderException.PreconditionFailed.class);
    }
  }

  @Test
  @Promise(14)
  void server_defaults_and_reordered_tags_are_no_drift() {
    Provider provider = open("one");
    for (Sample sample : samples()) {
      Fields body = body(sample);
      Resource made = make(provider, sample, body);
      TypeSchema schema = schema(provider, sample);
      assertThat(Differ.differences(schema, body, made.properties())).isEmpty();
      if (schema.tags().isPresent()
          && schema.tags().get().at().in(body).orElse(Value.NULL) instanceof Items(var tags)) {
        var reversed = new ArrayList<>(tags);
        Collections.reverse(reversed);
        Fields reordered = schema.tags().get().at().set(body, new Items(reversed));
        assertThat(Differ.differences(schema, reordered, made.properties())).isEmpty();
      }
    }
  }

  @Test
  @Promise(15)
  void secrets_are_nowhere_to_be_seen() {
    Provider provider = open("one");
    List<Sample> secretive =
        samples().stream().filter(sample -> sample.secret().isPresent()).toList();
    assumeFalse(secretive.isEmpty(), "no type takes a secret");
    for (Sample sample : secretive) {
      Pointer at = sample.secret().orElseThrow();
      Fields body = at.set(body(sample), new Secret("test:secret"));
      Change.Create create = create(sample, name(), _ -> body);
      Operation operation = finish(provider, provider.create(create, token(create)));
      Resource made =
          provider
              .read(sample.type(), sample.region(), operation.resource().orElseThrow())
              .orElseThrow();
      assertThat(operation.toString() + Codec.encode(operation.handle()) + made + provider)
          .doesNotContain(SECRET);
      strike(Misfortune.DROP_AFTER_SEND, sample);
      Change.Create lost = create(sample, name(), _ -> body);
      ProviderException error =
          catchThrowableOfType(ProviderException.class, () -> provider.create(lost, token(lost)));
      assertThat(error + error.facts().toString()).doesNotContain(SECRET);
      Fields wrong =
          at.set(body(sample), new Secret("test:secret"))
              .with("NoSuchPropertyAtAll", Value.text(SECRET));
      Change.Create refused = create(sample, name(), _ -> wrong);
      Throwable said =
          org.assertj.core.api.Assertions.catchThrowable(
              () -> provider.create(refused, token(refused)));
      assertThat(String.valueOf(said)).doesNotContain(SECRET);
    }
  }

  @Test
  @Promise(15)
  void an_error_keeps_the_vendors_code_message_and_request() {
    Provider provider = open("one");
    Sample sample = samples().getFirst();
    strike(Misfortune.THROTTLE, sample);
    Change.Create create = create(sample, name(), sample.body());
    ProviderException error =
        catchThrowableOfType(ProviderException.class, () -> provider.create(create, token(create)));
    assertThat(error.facts().code()).isNotBlank();
    assertThat(error.facts().message()).isNotBlank();
    assertThat(error.facts().requestId()).isNotBlank();
    assertThat(error.facts().account()).isEqualTo("one");
    assertThat(error.facts().operation()).isEqualTo("create");
  }

  @Test
  @Promise(16)
  void what_one_account_makes_no_other_sees() {
    Provider one = open("one");
    Provider two = open("two");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      ResourceId id = finish(one, one.create(create, token(create))).resource().orElseThrow();
      assertThat(two.read(sample.type(), sample.region(), id)).isEmpty();
      assertThat(two.find(sample.type(), sample.region(), token(create).correlation())).isEmpty();
      assertThat(all(two))
          .noneMatch(resource -> resource.id().equals(id) && resource.type().equals(sample.type()));
    }
  }

  @Test
  @Promise(17)
  void the_correlation_is_set_at_create_and_survives_an_update() {
    Provider provider = open("one");
    assumeTrue(claims(provider, Capability.TAGS), "tags are not claimed");
    for (Sample sample : samples()) {
      Change.Create create = create(sample, name(), sample.body());
      Token token = token(create);
      assertThat(token.correlation()).hasSize(40);
      ResourceId id = finish(provider, provider.create(create, token)).resource().orElseThrow();
      Resource found =
          provider.find(sample.type(), sample.region(), token.correlation()).orElseThrow();
      assertThat(found.id()).isEqualTo(id);
      Fields now = sample.change().apply(found.properties());
      var update = new Change.Update(create.at(), sample.region(), id, found.properties(), now);
      finish(provider, provider.update(update, token(update)));
      assertThat(
              provider.find(sample.type(), sample.region(), token.correlation()).map(Resource::id))
          .contains(id);
    }
  }

  private Provider open(String account) {
    Provider provider = provider(account);
    opened.add(provider);
    return provider;
  }

  private String name() {
    return "c" + Digest.ofText(getClass() + test + names++).brief();
  }

  private Fields body(Sample sample) {
    return sample.body().apply(name());
  }

  private static Address address(Sample sample, String name) {
    return new Address("one", sample.type(), name);
  }

  private static Change.Create create(
      Sample sample, String name, java.util.function.Function<String, Fields> body) {
    return new Change.Create(address(sample, name), sample.region(), body.apply(name));
  }

  private static Change.Delete delete(Sample sample, Resource made) {
    return new Change.Delete(
        address(sample, made.name()), sample.region(), made.id(), made.properties());
  }

  private static Token token(Change change, String... attempt) {
    String about =
        change.action()
            + change.at()
            + List.of(attempt)
            + (change instanceof Change.Call c ? c.operation() : "");
    return new Token(
        Digest.ofText(about).hex(),
        Digest.ofText("correlation" + change.at()).hex().substring(0, 40));
  }

  private Resource make(Provider provider, Sample sample, Fields body) {
    Change.Create create = create(sample, name(), _ -> body);
    Operation ended = finish(provider, provider.create(create, token(create)));
    assertThat(ended.state()).as(ended.message()).isEqualTo(Operation.State.SUCCEEDED);
    return provider
        .read(sample.type(), sample.region(), ended.resource().orElseThrow())
        .orElseThrow();
  }

  private Operation finish(Provider provider, Operation started) {
    Operation now = started;
    for (int i = 0; i < 2000 && now.state() == Operation.State.RUNNING; i++) {
      pass(now.retryAfter().orElse(Duration.ofSeconds(1)));
      now = provider.poll(now.handle());
    }
    assertThat(now.state()).isNotEqualTo(Operation.State.RUNNING);
    return now;
  }

  private List<SchemaError> errors(Provider provider, Sample sample, Fields body) {
    return provider.validate(sample.type(), body).stream()
        .filter(error -> error.grade() == SchemaError.Grade.ERROR)
        .toList();
  }

  private static TypeSchema schema(Provider provider, Sample sample) {
    return provider.catalog().describe(sample.type()).orElseThrow();
  }

  private static boolean claims(Provider provider, Capability capability) {
    Set<Capability> claimed = provider.info().capabilities();
    return claimed.contains(capability);
  }

  private long mutations() {
    return wireLog().stream().filter(Wire::mutates).count();
  }

  private static List<Resource> all(Provider provider) {
    return pages(provider, Optional.empty());
  }

  private static List<Resource> pages(Provider provider, Optional<Sample> sample) {
    var all = new ArrayList<Resource>();
    Optional<String> next = Optional.empty();
    do {
      Page<Resource> page = provider.list(sample.map(Sample::type), next);
      all.addAll(page.items());
      next = page.next();
    } while (next.isPresent());
    return all;
  }
}
