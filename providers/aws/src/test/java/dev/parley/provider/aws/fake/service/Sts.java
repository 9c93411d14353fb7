package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.wire.AwsQuery;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Identity;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Entry;
import dev.parley.provider.aws.fake.world.Role;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The Security Token Service: who am I, and sessions of roles. */
public final class Sts implements Service {
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  private final World world;
  private final RandomGenerator random;

  public Sts(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public Protocol protocol() {
    return new AwsQuery("https://sts.amazonaws.com/doc/2011-06-15/", "2011-06-15");
  }

  @Override
  public String about(Call call) {
    return call.input().text("RoleArn").orElse("");
  }

  @Override
  public Map<String, Operation> operations() {
    var operations = new LinkedHashMap<String, Operation>();
    operations.put("GetCallerIdentity", Operation.reads("{}", Sts::caller));
    operations.put(
        "AssumeRole",
        Operation.reads(
            "{RoleArn!: text, RoleSessionName!: text, ExternalId: text, DurationSeconds: number,"
                + " Policy: text, PolicyArns: [{arn: text}], SourceIdentity: text,"
                + " Tags: [{Key!: text, Value!: text}], TransitiveTagKeys: [text],"
                + " SerialNumber: text, TokenCode: text}",
            this::assume));
    operations.put(
        "AssumeRoleWithWebIdentity",
        Operation.open(
            "{RoleArn!: text, RoleSessionName!: text, WebIdentityToken!: text, ProviderId: text,"
                + " DurationSeconds: number, Policy: text, PolicyArns: [{arn: text}]}",
            this::exchange));
    return operations;
  }

  private static Fields caller(Call call) {
    return Fields.of("Arn", Value.text(call.caller().arn()))
        .with("UserId", Value.text(call.caller().userId()))
        .with("Account", Value.text(call.account()));
  }

  private Fields assume(Call call) {
    String arn = call.input().text("RoleArn").orElseThrow();
    checkName(call);
    boolean chained = call.caller().arn().contains(":assumed-role/");
    Optional<Role> role = world.role(arn).filter(each -> each.trusts().contains(call.account()));
    boolean known =
        role.isPresent()
            && (role.get().externalId().isEmpty()
                || role.get().externalId().equals(call.input().text("ExternalId")));
    if (!known) {
      throw new ServiceError(
          403,
          "AccessDenied",
          "User: "
              + call.caller().arn()
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + arn);
    }
    Duration lasts = lasts(call, role.get(), chained);
    return session(call, role.get(), lasts);
  }

  private Fields exchange(Call call) {
    String arn = call.input().text("RoleArn").orElseThrow();
    String token = call.input().text("WebIdentityToken").orElseThrow();
    checkName(call);
    Role role =
        world
            .role(arn)
            .filter(each -> !each.webTokens().isEmpty())
            .orElseThrow(
                () ->
                    new ServiceError(
                        403,
                        "AccessDenied",
                        "Not authorized to perform sts:AssumeRoleWithWebIdentity"));
    if (!role.webTokens().contains(token)) {
      throw new ServiceError(
          400, "InvalidIdentityToken", "The web identity token that was passed is not valid");
    }
    return session(call, role, lasts(call, role, false))
        .with("Provider", Value.text("arn:aws:iam::" + role.account() + ":oidc-provider/example"));
  }

  private static void checkName(Call call) {
    String name = call.input().text("RoleSessionName").orElseThrow();
    if (!name.matches("[\\w+=,.@-]{2,64}")) {
      throw new ServiceError(
          400,
          "ValidationError",
          "1 validation error detected: Value '"
              + name
              + "' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\w+=,.@-]*");
    }
  }

  private static Duration lasts(Call call, Role role, boolean chained) {
    Duration asked =
        call.input().get("DurationSeconds").orElse(Value.num(3600)) instanceof Num(var seconds)
            ? Duration.ofSeconds(seconds.longValue())
            : LONGEST_CHAINED;
    if (asked.compareTo(SHORTEST) < 0 || asked.compareTo(LONGEST) > 0) {
      throw new ServiceError(
          400,
          "ValidationError",
          "1 validation error detected: Value '"
              + asked.toSeconds()
              + "' at 'durationSeconds' must be between 900 and 43200");
    }
    if (asked.compareTo(role.longest()) > 0) {
      throw new ServiceError(
          400,
          "ValidationError",
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    if (chained && asked.compareTo(LONGEST_CHAINED) > 0) {
      throw new ServiceError(
          400,
          "ValidationError",
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining");
    }
    return asked;
  }

  private Fields session(Call call, Role role, Duration lasts) {
    String name = call.input().text("RoleSessionName").orElseThrow();
    String id = "AROA" + upper(17) + ":" + name;
    String arn = "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + name;
    Instant expires = call.now().plus(lasts).truncatedTo(ChronoUnit.SECONDS);
    var key =
        new AccessKey(
            "ASIA" + upper(16),
            upper(40),
            Optional.of("session-" + upper(64)),
            new Identity(role.account(), arn, id),
            Optional.of(expires));
    world.write(new Entry.Keyed(key));
    return Fields.of(
            "Credentials",
            Fields.of("AccessKeyId", Value.text(key.id()))
                .with("SecretAccessKey", Value.text(key.secret()))
                .with("SessionToken", Value.text(key.session().orElseThrow()))
                .with("Expiration", Value.text(expires.toString())))
        .with(
            "AssumedRoleUser",
            Fields.of("AssumedRoleId", Value.text(id)).with("Arn", Value.text(arn)))
        .with("PackedPolicySize", Value.num(1));
  }

  private String upper(int length) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
