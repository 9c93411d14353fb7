package dev.parley.provider.aws.look;

import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.NotFound;
import dev.parley.provider.ProviderException.Refused;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.look.Recipe.Ask;
import dev.parley.provider.aws.look.Recipe.Existence;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Health, logs, existence and calls of resources, as the recipes of their types say. */
public final class Looks {
  private final Operations operations;
  private final Recipes recipes;
  private final LogReader logs;
  private final Usuals usuals;
  private final String account;

  public Looks(Clients clients, Operations operations, Recipes recipes, String account) {
    this.operations = operations;
    this.recipes = recipes;
    this.account = account;
    this.logs = new LogReader(clients, operations, account);
    this.usuals = new Usuals(operations);
  }

  /** A call in the words of its type as the operation that it means. */
  public record Meant(String operation, Fields input) {}

  /** Whether it does what it is for; one look. What can't be asked is UNKNOWN, and says why. */
  public Health health(Resource resource) {
    List<Recipe.Look> looks = recipes.of(resource.type()).map(Recipe::health).orElse(List.of());
    return looks.isEmpty()
        ? new Health(
            Health.State.UNKNOWN,
            "no recipe says how to see whether a " + resource.type().name() + " is well",
            Optional.empty())
        : HealthLook.of(operations, resource, looks);
  }

  /**
   * What it wrote since then, oldest first; nothing if it wrote nothing yet.
   *
   * @throws Refused if no recipe says where the type writes
   */
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    List<Recipe.Place> places = recipes.of(resource.type()).map(Recipe::logs).orElse(List.of());
    if (places.isEmpty()) {
      throw new Refused(
          Facts.unsent(
              account,
              "logs",
              "no recipe says where a "
                  + resource.type().name()
                  + " writes its logs; an operator can add one"));
    }
    return logs.read(resource, places, since, limit);
  }

  /** The calls that a type has. */
  public List<String> calls(ResourceType type) {
    return List.copyOf(recipes.calls(type));
  }

  /**
   * What a call means; empty if the type has no such call.
   *
   * @param resource as it was read; its properties may be needed
   * @throws Refused if the input or the resource lacks what the operation needs
   */
  public Optional<Meant> call(Resource resource, String call, Fields input) {
    Optional<Ask> ask =
        recipes.of(resource.type()).flatMap(r -> Optional.ofNullable(r.calls().get(call)));
    try {
      return ask.map(
          a -> new Meant(a.operation(), (Fields) a.input().fill(Scope.of(resource).given(input))));
    } catch (Template.Missing e) {
      throw new Refused(
          Facts.unsent(
              account,
              "call",
              call
                  + " of "
                  + resource.name()
                  + " needs "
                  + e.getMessage()
                  + ", which is not there"));
    }
  }

  /**
   * What one that is to be made shall look like, with what its recipe says is usual where nothing
   * was said. What the account does not tell is left out.
   *
   * @throws ProviderException if the account can't be asked just now
   */
  public Fields usual(ResourceType type, String region, Fields desired) {
    return recipes
        .of(type)
        .map(recipe -> usuals.fill(recipe.usual(), region, desired))
        .orElse(desired);
  }

  /**
   * Whether it is there, asked of its own service.
   *
   * @return empty if no recipe says how to ask, or its service's client is not here
   * @throws ProviderException if it can't be asked
   */
  public Optional<Boolean> exists(Resource resource) {
    return see(resource, Set.of()).map(Seen::there);
  }

  /** What a type's own service said: whether it is there, and some of its properties. */
  public record Seen(boolean there, Fields properties) {}

  /**
   * The same, with those of the properties that the service's answer holds: under the same name, or
   * where the recipe says.
   *
   * @param properties of the type
   * @return empty if no recipe says how to ask, or its service's client is not here
   * @throws ProviderException if it can't be asked
   */
  public Optional<Seen> see(Resource resource, Set<Pointer> properties) {
    return recipes
        .of(resource.type())
        .flatMap(Recipe::exists)
        .filter(exists -> operations.serves(exists.ask().operation()))
        .flatMap(exists -> see(resource, exists, properties));
  }

  private Optional<Seen> see(Resource resource, Existence exists, Set<Pointer> properties) {
    try {
      Fields shown =
          operations.call(
              exists.ask().operation(),
              resource.region(),
              (Fields) exists.ask().input().fill(Scope.of(resource)),
              Optional.empty());
      boolean there =
          exists.at().map(at -> at.in(shown).filter(Looks::any).isPresent()).orElse(true);
      boolean gone =
          exists
              .mark()
              .flatMap(at -> at.in(shown))
              .flatMap(Template::plain)
              .filter(exists.gone()::contains)
              .isPresent();
      return Optional.of(
          there && !gone
              ? new Seen(true, Shown.in(shown, exists, properties))
              : new Seen(false, Fields.EMPTY));
    } catch (Template.Missing _) {
      return Optional.empty();
    } catch (NotFound _) {
      return Optional.of(new Seen(false, Fields.EMPTY));
    } catch (ProviderException e) {
      if (exists.codes().contains(e.facts().code())) {
        return Optional.of(new Seen(false, Fields.EMPTY));
      }
      throw e;
    }
  }

  private static boolean any(Value value) {
    return !(value instanceof Items(var items) && items.isEmpty());
  }
}
