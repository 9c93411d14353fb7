package dev.parley.provider.aws;

import dev.parley.identity.Account;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.aws.account.IdentityPin;
import dev.parley.provider.aws.account.SdkClients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What every change passes: it is allowed in this account, and this is the right account. */
final class Gate {
  private final Account account;
  private final SdkClients clients;
  private final IdentityPin pin;

  Gate(Account account, SdkClients clients, IdentityPin pin) {
    this.account = account;
    this.clients = clients;
    this.pin = pin;
  }

  /**
   * Ends quietly if the change may go on.
   *
   * @param operation create, update, delete or call
   * @param name the type, or the operation that is called
   */
  void pass(String operation, String name) {
    if (!operation.equals("delete") && !account.allows(name)) {
      throw new ProviderException.Refused(Facts.unsent(account.id(), operation, forbidden(name)));
    }
    try {
      pin.assure(operation, clients::accessKey, () -> number(operation));
    } catch (ProviderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, new Asked(account.id(), operation, false));
    }
  }

  String forbidden(String name) {
    return name
        + " is not among the services that "
        + account.id()
        + " may use ("
        + String.join(", ", account.services().stream().sorted().toList())
        + "); use one of those, or let an administrator add it to the account's services";
  }

  /** Whose account the credentials belong to; asked anew. */
  String number(String operation) {
    return caller(operation).account();
  }

  GetCallerIdentityResponse caller(String operation) {
    try {
      return clients.client(StsClient.class, account.region()).getCallerIdentity(request -> {});
    } catch (RuntimeException e) {
      throw AwsErrors.of(e, new Asked(account.id(), operation, false));
    }
  }
}
