package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.type.ModelCheck;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Progress;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Cloud Control itself refuses, before any handler is asked. */
final class Intake {
  private static final Pattern CLIENT_TOKEN = Pattern.compile("[-A-Za-z0-9+/=]{1,128}");
  private static final Pattern TYPE_NAME =
      Pattern.compile("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE)?");
  private static final int LONGEST = 262_144;

  private final World world;
  private final FakeTypes types;
  private final Requests requests;

  Intake(World world, FakeTypes types, Requests requests) {
    this.world = world;
    this.types = types;
    this.requests = requests;
  }

  /** The type that a call is about, if it can do that. */
  FakeType type(Call call, String handler) {
    String name = call.input().text("TypeName").orElseThrow();
    if (!TYPE_NAME.matcher(name).matches()) {
      throw ServiceError.validation("Value '" + name + "' at 'typeName' is no type name");
    }
    FakeType type =
        types
            .get(name)
            .orElseThrow(
                () ->
                    new ServiceError(
                        404, "TypeNotFoundException", "The type '" + name + "' cannot be found."));
    if (!type.can(handler)) {
      throw new ServiceError(
          405,
          "UnsupportedActionException",
          "Resource type "
              + name
              + " does not support "
              + handler.toUpperCase(Locale.ROOT)
              + " action");
    }
    return type;
  }

  /** Where resources of a type are, seen from a call. */
  static Place place(Call call, FakeType type) {
    String region = type.manners().global() ? Place.GLOBAL : call.region();
    return new Place(call.account(), region, type.name());
  }

  /** A body that may be created: valid, and without what only the service sets. */
  Fields desired(Call call, FakeType type) {
    Fields desired = document(call, "DesiredState");
    List<String> readOnly = ModelCheck.readOnly(type, desired);
    if (!readOnly.isEmpty()) {
      throw ServiceError.validation(
          "Model validation failed (readOnlyProperties " + readOnly + " cannot be specified)");
    }
    valid(type, desired);
    return desired;
  }

  /** The text of a member that has a greatest length. */
  static String limited(Call call, String member) {
    String text = call.input().text(member).orElseThrow();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw ServiceError.validation(
          "Value at '" + member + "' must have 1 to " + LONGEST + " characters");
    }
    return text;
  }

  private static Fields document(Call call, String member) {
    try {
      if (Json.parsePlain(limited(call, member)) instanceof Fields fields) {
        return fields;
      }
    } catch (Invalid e) {
      throw ServiceError.validation("Value at '" + member + "' is no JSON: " + e.getMessage());
    }
    throw ServiceError.validation("Value at '" + member + "' is no JSON object");
  }

  /** Holds a model against its schema. */
  void valid(FakeType type, Fields model) {
    List<String> wrong = types.check(type).wrong(model);
    if (!wrong.isEmpty()) {
      throw ServiceError.validation("Model validation failed (" + String.join(", ", wrong) + ")");
    }
  }

  /** Refuses what is being changed by another request. */
  void free(Place place, String id, Instant now) {
    Optional<Progress> busy = world.inFlight(place, id);
    if (busy.isPresent()) {
      requests.look(busy.get(), now);
      throw new ServiceError(
          409,
          "ConcurrentOperationException",
          "A request on '" + id + "' is in progress: " + busy.get().token());
    }
  }

  /** Of everything that a client token stands for. */
  static String digest(Call call) {
    String whole = call.operation() + Json.write(call.input().without("ClientToken"));
    return Signature.sha256(whole.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer of the request for which this client token stands already. */
  Optional<Fields> replayed(Call call) {
    Optional<String> token = call.input().text("ClientToken");
    if (token.isPresent() && !CLIENT_TOKEN.matcher(token.get()).matches()) {
      throw ServiceError.validation(
          "Value '"
              + token.get()
              + "' at 'clientToken' failed to satisfy constraint: Member must"
              + " satisfy regular expression pattern: [-A-Za-z0-9+/=]+ and have length less than"
              + " or equal to 128");
    }
    Optional<Progress> known = token.flatMap(text -> requests.of(call, text));
    if (known.isPresent() && !known.get().digest().equals(digest(call))) {
      throw new ServiceError(
          409,
          "ClientTokenConflictException",
          "The client token " + token.orElseThrow() + " was used for another request");
    }
    return known.map(progress -> Fields.of("ProgressEvent", requests.event(progress, call.now())));
  }
}
