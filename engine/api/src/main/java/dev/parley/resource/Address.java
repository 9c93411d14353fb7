package dev.parley.resource;

/**
 * Names one resource for its whole life: before it exists, and after it is gone. Unique within a
 * tenant.
 *
 * @param name chosen by a person or the planner; no slash
 */
public record Address(String account, ResourceType type, String name)
    implements Comparable<Address> {
  public Address {
    if (account.isBlank() || account.contains("/") || name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException(
          "an address has three parts, account and name without a slash: "
              + account
              + "/"
              + type
              + "/"
              + name);
    }
  }

  /**
   * Reads {@code account/family:type/name}; the type may itself contain slashes.
   *
   * @throws IllegalArgumentException if there are fewer than three parts
   */
  public static Address of(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    if (first < 1 || last == first) {
      throw new IllegalArgumentException("an address is account/type/name: " + text);
    }
    return new Address(
        text.substring(0, first),
        ResourceType.of(text.substring(first + 1, last)),
        text.substring(last + 1));
  }

  @Override
  public int compareTo(Address other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return account + "/" + type + "/" + name;
  }
}
