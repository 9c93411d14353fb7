package dev.parley.rules;

import dev.parley.cost.Budget;
import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.engine.json.Json;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Cap;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Waiver;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds cases for tests: changes, and what stands around them. */
final class Cases {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final String TAGS =
      "\"Tags\":[{\"Key\":\"owner\",\"Value\":\"ann\"},{\"Key\":\"environment\",\"Value\":\"development\"},{\"Key\":\"cost-center\",\"Value\":\"c1\"}]";

  private String tenant = "acme";
  private String environment = "development";
  private final List<Change> changes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Waiver> waivers = new ArrayList<>();
  private final List<Tracked> existing = new ArrayList<>();
  private Optional<Cap> cap = Optional.empty();
  private Instant now = NOW;

  static Cases of() {
    return new Cases();
  }

  Cases tenant(String id) {
    tenant = id;
    return this;
  }

  Cases in(String where) {
    environment = where;
    return this;
  }

  Cases at(Instant instant) {
    now = instant;
    return this;
  }

  Cases create(String type, String name, String json) {
    changes.add(new Change.Create(address(type, name), "eu-west-1", (Fields) Json.parse(json)));
    return this;
  }

  Cases update(String type, String name, String json) {
    changes.add(
        new Change.Update(
            address(type, name),
            "eu-west-1",
            new ResourceId("id-" + name),
            Fields.EMPTY,
            (Fields) Json.parse(json)));
    return this;
  }

  Cases delete(String type, String name, String json) {
    changes.add(
        new Change.Delete(
            address(type, name),
            "eu-west-1",
            new ResourceId("id-" + name),
            (Fields) Json.parse(json)));
    return this;
  }

  Cases call(String type, String name) {
    changes.add(
        new Change.Call(
            address(type, name), "eu-west-1", new ResourceId("id-" + name), "stop", Fields.EMPTY));
    return this;
  }

  /** A bucket that breaks no security rule. */
  Cases bucket(String name) {
    return create("aws:AWS::S3::Bucket", name, bucketJson(""));
  }

  /** A bucket that would be readable by anyone. */
  Cases openBucket(String name) {
    return create(
        "aws:AWS::S3::Bucket", name, bucketJson("\"AccessControl\":\"AuthenticatedRead\","));
  }

  static String bucketJson(String more) {
    return "{"
        + more
        + "\"PublicAccessBlockConfiguration\":{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,\"IgnorePublicAcls\":true,\"RestrictPublicBuckets\":true},"
        + "\"BucketEncryption\":{\"ServerSideEncryptionConfiguration\":[{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"}}]},"
        + "\"LifecycleConfiguration\":{\"Rules\":[{\"Status\":\"Enabled\"}]},"
        + TAGS
        + "}";
  }

  Cases costs(String name, String monthly) {
    Address at =
        changes.stream()
            .map(Change::at)
            .filter(a -> a.name().equals(name))
            .findFirst()
            .orElseThrow();
    Money money = Money.of(monthly, "USD");
    lines.add(
        new Line(
            at,
            name,
            name,
            BigDecimal.ONE,
            "month",
            Optional.of(money),
            Optional.of(money),
            Money.zero("USD"),
            Confidence.PRICED,
            "test",
            Optional.empty(),
            ""));
    return this;
  }

  Cases budget(String scope, String monthly, String spent) {
    budgets.add(new Budget(scope, Money.of(monthly, "USD"), Money.of(spent, "USD")));
    return this;
  }

  Cases cap(Cap limit) {
    cap = Optional.of(limit);
    return this;
  }

  Cases waived(Waiver waiver) {
    waivers.add(waiver);
    return this;
  }

  Case build() {
    Digest digest = Digest.ofText(changes + environment + tenant);
    var plan =
        new Plan(
            tenant,
            "p-1",
            1,
            "t",
            "ann",
            "",
            "test",
            environment,
            "offline",
            changes,
            Map.of(),
            cap,
            false,
            Optional.empty(),
            new Plan.Basis(Map.of(), Map.of(), "", ""),
            NOW,
            NOW.plusSeconds(3600),
            digest);
    Money monthly =
        lines.stream()
            .map(line -> line.monthly().orElseThrow())
            .reduce(Money.zero("USD"), Money::plus);
    var estimate =
        new Estimate(
            digest, lines, Money.zero("USD"), monthly, 0, Optional.empty(), Optional.empty(), "");
    var account =
        new Account(
            tenant,
            "aws-1",
            "sandbox",
            "aws",
            "eu-west-1",
            List.of(),
            environment,
            Map.of(),
            Optional.empty(),
            Set.of(),
            Fields.EMPTY);
    return new Case(
        new Tenant(tenant, "Acme", "USD"),
        plan,
        estimate,
        new User(tenant, "ann", "Ann", Set.of(Role.OPERATOR), Set.of("shop"), false),
        Map.of("aws-1", account),
        waivers,
        existing,
        budgets,
        now);
  }

  static Address address(String type, String name) {
    return Address.of("aws-1/" + type + "/" + name);
  }
}
