package dev.parley.provider.aws;

import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.ArrayList;

/** Opens accounts of kind {@code aws}: real ones, and whatever answers at their endpoint. */
public final class AwsFactory implements ProviderFactory {
  /** For ServiceLoader. */
  public AwsFactory() {}

  @Override
  public String kind() {
    return "aws";
  }

  @Override
  public Provider open(Account account, Surroundings surroundings) {
    var problems = new ArrayList<Problem>();
    if (!account.family().equals("aws")) {
      problems.add(
          new Problem(
              "account " + account.id() + "#/family",
              "'" + account.family() + "'",
              "AWS has resources of its own family only",
              "write family: aws, or leave it out"));
    }
    if (account.region().isBlank()) {
      problems.add(
          new Problem(
              "account " + account.id() + "#/region",
              "no region",
              "AWS is asked region by region",
              "write for example region: eu-west-1"));
    }
    AwsSettings settings;
    try {
      settings = AwsSettings.read(account);
    } catch (Invalid e) {
      problems.addAll(e.problems());
      throw new Invalid(problems);
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new AwsProvider(account, settings, surroundings);
  }
}
