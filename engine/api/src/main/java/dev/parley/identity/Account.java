package dev.parley.identity;

import dev.parley.value.Money;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configured, credentialed target of one provider.
 *
 * @param id unique within the tenant
 * @param kind which ProviderFactory opens it, for example {@code sandbox}
 * @param family whose resource types it speaks, for example {@code aws}; the part of a ResourceType
 *     before the colon
 * @param region where things go unless said otherwise
 * @param regions where things may go; empty means anywhere
 * @param environment development, staging, production, or the tenant's own word
 * @param tags put on everything made there
 * @param monthlyBudget hard budget for all that stands there, per month
 * @param services allowed service or type prefixes; empty means all
 * @param whenChatIsDown what a run that changes something here does while the chat is down, unless
 *     somebody says otherwise
 * @param settings the provider's own settings; credentials by reference only
 */
public record Account(
    String tenant,
    String id,
    String kind,
    String family,
    String region,
    List<String> regions,
    String environment,
    Map<String, String> tags,
    Optional<Money> monthlyBudget,
    Set<String> services,
    WhenChatIsDown whenChatIsDown,
    Fields settings) {
  public Account {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")) {
      throw new IllegalArgumentException(
          "an account id is 1-60 letters, digits, dots, dashes: " + id);
    }
    regions = List.copyOf(regions);
    tags = Map.copyOf(tags);
    services = Set.copyOf(services);
  }

  /** One whose runs go on while the chat is down. */
  public Account(
      String tenant,
      String id,
      String kind,
      String family,
      String region,
      List<String> regions,
      String environment,
      Map<String, String> tags,
      Optional<Money> monthlyBudget,
      Set<String> services,
      Fields settings) {
    this(
        tenant,
        id,
        kind,
        family,
        region,
        regions,
        environment,
        tags,
        monthlyBudget,
        services,
        WhenChatIsDown.CONTINUE,
        settings);
  }

  /**
   * Whether things of this name may be made or called here: a type's name, with or without its
   * family, or an operation's. A prefix counts as far as a word of the name ends: {@code AWS::S3}
   * allows {@code AWS::S3::Bucket} and not {@code AWS::S3Outposts::Bucket}.
   */
  public boolean allows(String name) {
    String plain = name.startsWith(family + ":") ? name.substring(family.length() + 1) : name;
    return services.isEmpty()
        || services.stream()
            .anyMatch(prefix -> begins(plain, prefix) || begins(family + ":" + plain, prefix));
  }

  private static boolean begins(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length())
        && (name.length() == prefix.length()
            || !Character.isLetterOrDigit(name.charAt(prefix.length()))
            || prefix.isEmpty()
            || !Character.isLetterOrDigit(prefix.charAt(prefix.length() - 1)));
  }
}
