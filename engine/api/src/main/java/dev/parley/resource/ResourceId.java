package dev.parley.resource;

/**
 * The provider's own name for a resource: an ARN, a path, an identifier. Unique within an account
 * and type.
 */
public record ResourceId(String value) {
  public ResourceId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a resource id is not blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
