package dev.parley.resource;

/**
 * Names a kind of resource as its provider names it, for example {@code aws:AWS::EC2::Instance} or
 * {@code azure:Microsoft.Compute/virtualMachines@2024-07-01}.
 *
 * @param family whose type it is: aws, azure, gcp, kubernetes
 * @param name the provider's own name, with a version behind {@code @} where the provider has one
 */
public record ResourceType(String family, String name) implements Comparable<ResourceType> {
  public ResourceType {
    if (!family.matches("[a-z][a-z0-9-]*") || name.isBlank()) {
      throw new IllegalArgumentException("a resource type is family:name: " + family + ":" + name);
    }
  }

  /**
   * Reads {@code family:name}.
   *
   * @throws IllegalArgumentException if there is no family
   */
  public static ResourceType of(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a resource type is family:name: " + text);
    }
    return new ResourceType(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Stands for no resource but for the account itself, as the thing that an operation by name is
   * called on.
   */
  public static ResourceType operation(String family) {
    return new ResourceType(family, "Operation");
  }

  /** Whether it stands for operations by name instead of resources. */
  public boolean isOperation() {
    return name.equals("Operation");
  }

  /** The name without its version. */
  public String unversioned() {
    int at = name.lastIndexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  @Override
  public int compareTo(ResourceType other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return family + ":" + name;
  }
}
