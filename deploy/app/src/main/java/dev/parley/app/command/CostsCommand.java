package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Periods;
import dev.parley.identity.Account;
import dev.parley.provider.Capability;
import dev.parley.provider.Costs;
import dev.parley.provider.ProviderException;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley costs}. */
@Command(
    name = "costs",
    description = "What accounts really cost, as their providers bill it.",
    mixinStandardHelpOptions = true)
final class CostsCommand implements Callable<Integer> {
  @Mixin Looking looking = new Looking();

  @Option(names = "--account", paramLabel = "ID", description = "default: all whose provider tells")
  String account = "";

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "service, region, or tag:NAME; default: the total")
  String by = "";

  @Option(
      names = "--period",
      paramLabel = "TIME",
      description = "last month, 2026-01, or since a day; default: this month")
  String period = "";

  @Option(names = "--daily", description = "a line for each day instead of each month")
  boolean daily;

  @Override
  public Integer call() {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      Periods.Days days = Periods.days(period, house.clock().instant());
      boolean tag = by.startsWith("tag:");
      var query = new Costs.Query(days.from(), days.to(), daily, by(), tag ? by.substring(4) : "");
      var rows = new ArrayList<List<String>>();
      var body = new ArrayList<Value>();
      int failed = 0;
      List<String> accounts = accounts(house, tenant);
      for (String id : accounts) {
        try {
          Costs costs = house.engine().clouds().costs(tenant, id, query);
          costs.lines().forEach(line -> rows.add(row(id, line)));
          body.add(Fields.of("account", Value.text(id)).with("costs", Codec.encode(costs)));
          costs
              .forecast()
              .ifPresent(
                  rest -> Looking.aside(List.of(id + ": about " + rest + " more this month")));
          Looking.aside(costs.notes().stream().map(note -> id + ": " + note).toList());
        } catch (ProviderException e) {
          failed++;
          Looking.aside(List.of(id + ": " + e.kind() + ": " + e.getMessage()));
        }
      }
      looking.print(
          List.of("ACCOUNT", "FROM", "TO", "GROUP", "AMOUNT", ""), rows, new Value.Items(body));
      return failed == accounts.size() && failed > 0 ? 1 : 0;
    }
  }

  private List<String> accounts(Installation house, String tenant) {
    if (!account.isEmpty()) {
      return List.of(account);
    }
    return house.engine().accounts().accounts(tenant).stream()
        .map(Account::id)
        .filter(
            id ->
                house
                    .engine()
                    .accounts()
                    .provider(tenant, id)
                    .info()
                    .capabilities()
                    .contains(Capability.COSTS))
        .toList();
  }

  private Costs.By by() {
    return switch (by) {
      case "" -> Costs.By.TOTAL;
      case "service" -> Costs.By.SERVICE;
      case "region" -> Costs.By.REGION;
      default -> {
        if (!by.startsWith("tag:") || by.length() == 4) {
          throw new Invalid(
              new Problem(
                  "--by", by, "costs are not told by that", "write service, region or tag:owner"));
        }
        yield Costs.By.TAG;
      }
    };
  }

  private static List<String> row(String account, Costs.Line line) {
    return List.of(
        account,
        line.from().toString(),
        line.to().minusDays(1).toString(),
        line.group(),
        line.amount().amount().toPlainString() + " " + line.amount().currency(),
        line.estimated() ? "may change" : "");
  }
}
