package dev.parley.provider.aws.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.service.Requests;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.wire.Answer;
import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Denial;
import dev.parley.provider.aws.fake.wire.Denial.Denied;
import dev.parley.provider.aws.fake.wire.Identity;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Request;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Fault.Occasion;
import dev.parley.provider.aws.fake.world.Faults;
import dev.parley.provider.aws.fake.world.WireEntry;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes requests in: finds the service, checks the signature, the protocol and the input's shape,
 * lets faults befall, and has the operation answered.
 */
final class Front implements HttpHandler {
  private static final Protocol UNKNOWN = new AwsJson("1.0", "", "");

  private final FakeAws aws;
  private final Requests requests;
  private final List<Service> services;
  private final Faults faults;
  private final WireLog wire;
  private final Clock signing;

  Front(
      FakeAws aws,
      Requests requests,
      List<Service> services,
      Faults faults,
      WireLog wire,
      Clock signing) {
    this.aws = aws;
    this.requests = requests;
    this.services = services;
    this.faults = faults;
    this.wire = wire;
    this.signing = signing;
  }

  /** A request's service and, as far as it is signed, its signature. */
  private record Addressed(
      Service service, String name, Operation operation, Optional<Signature> signature) {}

  /** Thrown to break the connection. */
  private static final class Dropped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Dropped() {
      super("dropped", null, false, false);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(read(exchange));
      } catch (Dropped _) {
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    String query = exchange.getRequestURI().getRawQuery();
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query == null ? "" : query,
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private Answer answer(Request request) {
    String requestId = UUID.randomUUID().toString();
    Protocol protocol = UNKNOWN;
    try {
      Optional<Signature> signature = Signature.of(request);
      List<Service> candidates = candidates(request, signature);
      protocol = candidates.getFirst().protocol();
      Addressed to = addressed(request, candidates, signature);
      protocol = to.service().protocol();
      synchronized (aws.world()) {
        return answered(request, to, requestId);
      }
    } catch (Denied e) {
      return protocol.failure(protocol.denied(e.why()), requestId);
    } catch (ServiceError e) {
      return protocol.failure(e, requestId);
    }
  }

  /** All services that could be meant, at least one. */
  private List<Service> candidates(Request request, Optional<Signature> signature) {
    List<Service> found =
        services.stream()
            .filter(
                each ->
                    signature.isPresent()
                        ? each.signingName().equals(signature.get().service())
                        : speaks(each, request))
            .toList();
    if (found.isEmpty()) {
      throw new ServiceError(
          404,
          "UnknownOperationException",
          "no service here is called " + signature.map(Signature::service).orElse("so"));
    }
    return found;
  }

  private static boolean speaks(Service service, Request request) {
    try {
      return service.operations().containsKey(service.protocol().operation(request));
    } catch (ServiceError e) {
      return false;
    }
  }

  private static Addressed addressed(
      Request request, List<Service> candidates, Optional<Signature> signature) {
    String name = "";
    for (Service each : candidates) {
      name = each.protocol().operation(request);
      Operation operation = each.operations().get(name);
      if (operation != null) {
        return new Addressed(each, name, operation, signature);
      }
    }
    throw candidates.getFirst().protocol().unknown(name);
  }

  private Answer answered(Request request, Addressed to, String requestId) {
    Instant now = aws.clock().instant();
    Identity caller = caller(request, to, now);
    String region = to.signature().map(Signature::region).orElse("us-east-1");
    Protocol protocol = to.service().protocol();
    Fields input = protocol.input(request, to.operation().input());
    var call = new Call(caller, region, to.name(), input, now, requestId);
    requests.settle(now);
    String about = to.service().about(call);
    note(request, to, call, about);
    var occasion = new Occasion(to.service().signingName(), to.name(), about, request.text());
    Optional<Effect.Refuse> refused = faults.take(Effect.Refuse.class, occasion);
    if (refused.isPresent()) {
      Effect.Refuse refuse = refused.get();
      throw new ServiceError(refuse.status(), refuse.code(), refuse.message(), refuse.retryAfter());
    }
    Fields output;
    try {
      output = to.operation().handler().answer(call);
    } finally {
      aws.sync();
    }
    return spoilt(protocol.success(to.name(), output, requestId), occasion);
  }

  private Identity caller(Request request, Addressed to, Instant now) {
    if (!to.operation().signed()) {
      return Call.NOBODY;
    }
    Signature signature = to.signature().orElseThrow(() -> new Denied(Denial.MISSING));
    AccessKey key =
        aws.world().key(signature.key()).orElseThrow(() -> new Denied(Denial.UNKNOWN_KEY));
    signature.verify(request, key, signing);
    if (key.expires().filter(expires -> !expires.isAfter(now)).isPresent()) {
      throw new Denied(Denial.EXPIRED_TOKEN);
    }
    return key.identity();
  }

  private void note(Request request, Addressed to, Call call, String about) {
    wire.add(
        new WireEntry(
            call.now(),
            to.service().signingName(),
            to.name(),
            to.operation().mutates(),
            call.account(),
            call.region(),
            about,
            Signature.sha256(request.body()),
            desired(call)));
  }

  private static Fields desired(Call call) {
    try {
      return call.input()
          .text("DesiredState")
          .map(Json::parsePlain)
          .map(value -> value instanceof Fields fields ? fields : call.input())
          .orElse(call.input());
    } catch (Invalid e) {
      return call.input();
    }
  }

  private Answer spoilt(Answer answer, Occasion occasion) {
    if (faults.take(Effect.Drop.class, occasion).isPresent()) {
      throw new Dropped();
    }
    Optional<Effect.FailAfter> fails = faults.take(Effect.FailAfter.class, occasion);
    if (fails.isPresent()) {
      return new Answer(fails.get().status(), Map.of("Content-Type", "text/plain"), "");
    }
    if (faults.take(Effect.Truncate.class, occasion).isPresent()) {
      return answer.saying(answer.body().substring(0, answer.body().length() / 2));
    }
    return answer;
  }
}
