package dev.parley.provider.sandbox;

import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.provider.sandbox.wire.HttpLink;
import dev.parley.provider.sandbox.wire.Link;
import dev.parley.provider.sandbox.wire.LocalLink;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.ArrayList;

/**
 * Opens simulated clouds: account kind {@code sandbox}, family {@code aws}, {@code azure} or {@code
 * gcp}.
 */
public final class SandboxFactory implements ProviderFactory {
  /** For ServiceLoader. */
  public SandboxFactory() {}

  @Override
  public String kind() {
    return "sandbox";
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public Provider open(Account account, Surroundings surroundings) {
    var problems = new ArrayList<Problem>();
    if (!Cloudware.FAMILIES.contains(account.family())) {
      problems.add(
          new Problem(
              "account " + account.id() + "#/family",
              "'" + account.family() + "'",
              "there is no such simulated cloud",
              "write one of " + String.join(", ", Cloudware.FAMILIES)));
    }
    SandboxSettings settings;
    try {
      settings = SandboxSettings.read("account " + account.id(), account.settings());
    } catch (Invalid e) {
      problems.addAll(e.problems());
      throw new Invalid(problems);
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    String owner = account.tenant() + "/" + account.id();
    Link link =
        settings
            .endpoint()
            .<Link>map(endpoint -> new HttpLink(endpoint, settings.timeout()))
            .orElseGet(
                () ->
                    new LocalLink(
                        "in this process",
                        () ->
                            OpenClouds.take(
                                surroundings.folder(), surroundings.clock(), owner, settings),
                        OpenClouds::giveBack));
    return new SandboxProvider(
        account.id(), account.family(), owner, settings.concurrency(), link, surroundings.secret());
  }
}
