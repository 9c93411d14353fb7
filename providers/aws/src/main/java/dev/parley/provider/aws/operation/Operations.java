package dev.parley.provider.aws.operation;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.SchemaError.Grade;
import dev.parley.engine.json.Nearest;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.InvalidRequest;
import dev.parley.provider.ProviderException.Refused;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Any operation of any service whose client is on the class path, by its name and with a document.
 * No service stands in code: names, inputs and answers come from the SDK's own metadata. Paging is
 * the caller's; an answer shows the service's next token as it is.
 *
 * <p>A name is {@code ec2.StopInstances}: the service's package or its own name, and the operation;
 * upper and lower case mean the same, and a colon may stand for the dot.
 */
public final class Operations {
  private final Clients clients;
  private final Services services;
  private final Effects effects = Effects.shipped();
  private final UnaryOperator<String> secret;
  private final String account;

  /**
   * Of an account.
   *
   * @param jars sees the clients; our own class path, or a folder of further jars above it
   * @param secret a secret's text by its reference, looked up at the last moment
   */
  public Operations(
      Clients clients, ClassLoader jars, String account, UnaryOperator<String> secret) {
    this.clients = clients;
    this.services = Services.of(jars);
    this.account = account;
    this.secret = secret;
  }

  /** The services whose clients are there, by their packages' names. */
  public List<String> services() {
    return services.names();
  }

  /**
   * Operations whose name fits the words, best first. A name in full gives exactly that one, or
   * nothing; no words give all, in order.
   */
  public List<OperationInfo> search(String words, int limit) {
    String text = words.strip();
    if (text.matches("[A-Za-z0-9.]+[.:][A-Za-z0-9]+")) {
      return describe(text).stream().toList();
    }
    return new OperationSearch(services)
        .names(text).stream().map(this::describe).flatMap(Optional::stream).limit(limit).toList();
  }

  /** One operation that can be called; empty if there is none, or if it streams. */
  public Optional<OperationInfo> describe(String name) {
    return find(name)
        .filter(operation -> operation.body() == Signature.Body.NONE)
        .map(
            operation ->
                new OperationInfo(
                    operation.name(), effects.reads(operation), InputSchema.of(operation)));
  }

  /** Whether the client of the operation's service is there, whatever the operation. */
  public boolean serves(String name) {
    int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'));
    return dot > 0 && services.service(name.substring(0, dot)).isPresent();
  }

  /** Whether the service is there and has such an operation. */
  public boolean known(String name) {
    return find(name).isPresent();
  }

  /**
   * Whether it is known to change nothing and to reveal no secret when it is given this. Some
   * reveal secrets only if a flag is set.
   */
  public boolean reading(String name, Fields input) {
    return find(name).filter(operation -> effects.reads(operation, input)).isPresent();
  }

  /** Every way in which a document does not fit an operation; no I/O. */
  public List<SchemaError> check(String name, Fields input) {
    Optional<Signature> operation = find(name);
    if (operation.isEmpty()) {
      return List.of(unknown(name));
    }
    return operation.get().body() == Signature.Body.NONE
        ? InputCheck.of(operation.get(), input)
        : List.of(streaming(operation.get()));
  }

  /**
   * Calls it, once. What the service's model marks as sensitive is hidden in the answer.
   *
   * @param token fills the member that makes a repeated call harmless, if the operation has one and
   *     the input does not
   * @throws dev.parley.provider.ProviderException.InvalidRequest unsent, if the input does not fit
   * @throws dev.parley.provider.ProviderException.Refused unsent, if there is no such operation, or
   *     it streams
   * @throws dev.parley.provider.ProviderException for everything the service says
   */
  public Fields call(String name, String region, Fields input, Optional<Token> token) {
    List<SchemaError> errors =
        check(name, input).stream().filter(error -> error.grade() != Grade.WARNING).toList();
    Optional<Signature> found = find(name);
    if (found.isEmpty() || found.get().body() != Signature.Body.NONE) {
      throw new Refused(Facts.unsent(account, "call", said(name, errors)));
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(
          Facts.unsent(account, "call", said(name, errors)),
          errors.stream().map(SchemaError::path).toList());
    }
    Signature operation = found.get();
    boolean reads = effects.reads(operation, input);
    var told = new ArrayList<String>();
    var inputs =
        new Inputs(
            reference -> {
              String text = secret.apply(reference);
              told.add(text);
              return text;
            });
    SdkRequest request = inputs.write(operation.input(), identified(operation, input, token));
    SdkClient client = clients.client(client(operation), region);
    try {
      Object answer = method(operation).invoke(client, request);
      Fields shown = Answers.read((SdkPojo) answer);
      return effects.revealing(operation) ? Answers.veiled(shown) : shown;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException said) {
        throw AwsErrors.of(
            said, new AwsErrors.Asked(account, "call", !reads), text -> without(text, told));
      }
      throw new IllegalStateException(operation.name() + " of account " + account, e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(operation.name() + " is not public in its client", e);
    }
  }

  private Optional<Signature> find(String name) {
    int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'));
    return dot < 1
        ? Optional.empty()
        : services
            .service(name.substring(0, dot))
            .flatMap(service -> service.operation(name.substring(dot + 1)));
  }

  private Class<? extends SdkClient> client(Signature operation) {
    return services.service(operation.service()).orElseThrow().client();
  }

  private static Method method(Signature operation) {
    return operation.method().orElseThrow();
  }

  private static Fields identified(Signature operation, Fields input, Optional<Token> token) {
    Optional<String> member = Shape.of(operation.input()).token().map(SdkField::memberName);
    return member.isEmpty() || token.isEmpty() || input.get(member.get()).isPresent()
        ? input
        : input.with(member.get(), Value.text(token.get().value()));
  }

  private static String without(String text, List<String> secrets) {
    String safe = text;
    for (String one : secrets) {
      safe = one.isEmpty() ? safe : safe.replace(one, "(secret)");
    }
    return safe;
  }

  private SchemaError unknown(String name) {
    int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'));
    Optional<Service> service =
        dot < 1 ? Optional.empty() : services.service(name.substring(0, dot));
    if (service.isEmpty()) {
      String asked = dot < 1 ? name : name.substring(0, dot);
      return new SchemaError(
          Grade.ERROR,
          Pointer.ROOT,
          name,
          "no client of a service '" + asked + "' is here",
          Nearest.hint(asked, services.names(), "services")
              + "; a further service needs its SDK jar in the account's plugins folder");
    }
    List<String> names = service.get().all().stream().map(Signature::operation).toList();
    return new SchemaError(
        Grade.ERROR,
        Pointer.ROOT,
        name,
        service.get().name() + " has no operation '" + name.substring(dot + 1) + "'",
        nearest(name.substring(dot + 1), names));
  }

  /** Of many names that contain the wrong one, those that add the least to it. */
  private static String nearest(String wrong, List<String> names) {
    List<String> near =
        Nearest.to(wrong, names, names.size()).stream()
            .sorted(Comparator.comparingInt(name -> Math.abs(name.length() - wrong.length())))
            .limit(3)
            .toList();
    return near.isEmpty()
        ? Nearest.hint(wrong, names, "operations")
        : "did you mean " + String.join(" or ", near) + "?";
  }

  private static SchemaError streaming(Signature operation) {
    String why =
        operation.body() == Signature.Body.EVENTS
            ? "it answers with a stream of events, which no document can hold"
            : "it sends or receives a stream of bytes, which no document can hold";
    return new SchemaError(
        Grade.ERROR,
        Pointer.ROOT,
        operation.name(),
        why,
        "use an operation that takes and gives a document, or the vendor's own tool");
  }

  private static String said(String name, List<SchemaError> errors) {
    return name
        + ": "
        + errors.stream()
            .map(
                error ->
                    (error.path().segments().isEmpty() ? "" : error.path() + ": ")
                        + error.why()
                        + " ("
                        + error.what()
                        + ")"
                        + (error.next().isBlank() ? "" : ", " + error.next()))
            .collect(Collectors.joining("; "));
  }
}
