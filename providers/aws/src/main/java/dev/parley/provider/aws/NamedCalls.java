package dev.parley.provider.aws;

import dev.parley.engine.json.Json;
import dev.parley.identity.Account;
import dev.parley.plan.Change;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Optional;

/** Operations by name: reading ones for anybody who may ask, others inside an approved plan. */
final class NamedCalls {
  private static final String HANDLE = "call";
  private static final int SHOWN = 400;

  private final Account account;
  private final AwsSettings settings;
  private final Gate gate;
  private final Lazy<Operations> operations;

  NamedCalls(Account account, AwsSettings settings, Gate gate, Lazy<Operations> operations) {
    this.account = account;
    this.settings = settings;
    this.gate = gate;
    this.operations = operations;
  }

  /** Whether a handle is one of a call, which is over as soon as it was answered. */
  static boolean made(OperationHandle handle) {
    return handle.kind().equals(HANDLE);
  }

  static Operation ended(OperationHandle handle, String message) {
    return new Operation(
        handle,
        Operation.State.SUCCEEDED,
        Optional.of(100),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message);
  }

  /** Calls an operation that reads and reveals no secret. */
  Fields query(String operation, String region, Fields input) {
    if (!operations.get().known(operation)) {
      throw refused("query", unknown(operation));
    }
    if (!operations.get().reading(operation, input)) {
      throw refused(
          "query",
          operation
              + " may change something or reveal a secret; ask for it in a plan, where somebody"
              + " approves it");
    }
    return operations.get().call(operation, region, input, Optional.empty());
  }

  /** Calls the operation that an approved change names, if this account allows it. */
  Operation call(Change.Call change, Token token) {
    String name = change.operation();
    if (!operations.get().known(name)) {
      throw refused("call", unknown(name));
    }
    String full =
        operations.get().describe(name).map(dev.parley.provider.OperationInfo::name).orElse(name);
    if (!operations.get().reading(name, change.input()) && !settings.allows(full)) {
      throw refused(
          "call",
          full
              + " may change something, and this account allows "
              + (settings.operations().isEmpty()
                  ? "no operations by name"
                  : String.join(", ", settings.operations().stream().sorted().toList()))
              + "; let an administrator add it to the account's operations");
    }
    return carriedOut(change, full, change.input(), token);
  }

  /** Calls what a recipe means by the change; recipes are part of the program's configuration. */
  Operation carriedOut(Change.Call change, String operation, Fields input, Token token) {
    gate.pass("call", operation);
    Fields answer = operations.get().call(operation, change.region(), input, Optional.of(token));
    var handle =
        new OperationHandle(
            HANDLE,
            Fields.of("operation", Value.text(operation))
                .with("region", Value.text(change.region()))
                .with("token", Value.text(token.value())));
    String shown = answer.isEmpty() ? "" : ": " + Json.write(answer);
    return ended(
        handle,
        operation
            + " was answered"
            + (shown.length() > SHOWN ? shown.substring(0, SHOWN - 1) + "…" : shown));
  }

  private String unknown(String operation) {
    return "there is no operation '"
        + operation
        + "' in the SDK on this class path; search the operations, or put the service's jar into"
        + " the account's plugins";
  }

  private ProviderException refused(String operation, String message) {
    return new ProviderException.Refused(Facts.unsent(account.id(), operation, message));
  }
}
