package dev.parley.provider.aws.fake.world;

/**
 * Where resources of one type live together.
 *
 * @param region {@code aws-global} for types without region
 */
public record Place(String account, String region, String type) {
  /** Stands for no region. */
  public static final String GLOBAL = "aws-global";
}
