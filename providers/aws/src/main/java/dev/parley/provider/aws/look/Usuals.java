package dev.parley.provider.aws.look;

import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Forbidden;
import dev.parley.provider.ProviderException.InvalidRequest;
import dev.parley.provider.ProviderException.NotFound;
import dev.parley.provider.ProviderException.Refused;
import dev.parley.provider.aws.look.Recipe.Usual;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.ResourceId;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills what a request leaves out with what the account itself says is usual. */
final class Usuals {
  private static final Logger LOG = LoggerFactory.getLogger(Usuals.class);
  private final Operations operations;

  Usuals(Operations operations) {
    this.operations = operations;
  }

  /**
   * The same with the usual values.
   *
   * @throws ProviderException if the account can't be asked just now; what it does not tell for
   *     good (no right to ask, no such operation) is left out
   */
  Fields fill(List<Usual> usuals, String region, Fields desired) {
    Fields filled = desired;
    for (Usual usual : usuals) {
      if (applies(usual, filled) && operations.serves(usual.ask().operation())) {
        Optional<Value> value = look(usual, region, filled);
        filled = value.isPresent() ? usual.at().set(filled, value.get()) : filled;
      }
    }
    return filled;
  }

  private static boolean applies(Usual usual, Fields desired) {
    return usual.at().in(desired).isEmpty()
        && usual.without().stream().allMatch(other -> other.in(desired).isEmpty())
        && usual.only().entrySet().stream()
            .allMatch(one -> one.getKey().in(desired).equals(Optional.of(one.getValue())));
  }

  private Optional<Value> look(Usual usual, String region, Fields desired) {
    var scope = new Scope(new ResourceId("new"), "", region, desired, Fields.EMPTY, Value.NULL);
    try {
      Fields said =
          operations.call(
              usual.ask().operation(),
              region,
              (Fields) usual.ask().input().fill(scope),
              Optional.empty());
      return usual.each().isPresent()
          ? Optional.of(all(said, usual)).filter(items -> !items.items().isEmpty()).map(i -> i)
          : usual.take().in(said);
    } catch (Template.Missing _) {
      return Optional.empty();
    } catch (Forbidden | InvalidRequest | NotFound | Refused e) {
      LOG.info("{} is left out: {}", usual.at(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Sorted, so that the same plan is proposed twice. */
  private static Items all(Fields said, Usual usual) {
    return new Items(
        Paths.items(said, usual.each().orElseThrow()).stream()
            .flatMap(item -> usual.take().in(item).stream())
            .sorted(Comparator.comparing(value -> Template.plain(value).orElse("")))
            .toList());
  }
}
