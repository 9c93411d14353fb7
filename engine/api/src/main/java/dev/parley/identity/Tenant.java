package dev.parley.identity;

/**
 * One organisation in an installation. Data, graph, credentials, rules and rate limits are its own.
 *
 * @param id lower-case letters, digits and dashes
 * @param currency in which its people think about money, ISO 4217
 */
public record Tenant(String id, String name, String currency) {
  public Tenant {
    if (!id.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "a tenant id is 1-40 lower-case letters, digits and dashes: " + id);
    }
  }
}
