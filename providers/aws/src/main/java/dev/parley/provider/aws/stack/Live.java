package dev.parley.provider.aws.stack;

import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.value.Value.Fields;

/**
 * A look at a resource itself, beside what its stack believes of it: a stack goes on saying that it
 * is complete when somebody has deleted its resource.
 */
@FunctionalInterface
public interface Live {
  /**
   * One look.
   *
   * @param id the resource's identifier, several parts joined by {@code |}
   * @param properties as the stack knows them
   * @throws dev.parley.provider.ProviderException if it can't be looked at right now
   */
  Sight look(AwsType type, String region, String id, Fields properties);

  /** What was seen. */
  sealed interface Sight {
    /** This look can't see resources of that type. */
    record Blind() implements Sight {}

    /** It is not there. */
    record Gone() implements Sight {}

    /**
     * It is there.
     *
     * @param properties what was seen of it
     * @param whole whether that is all of its properties, rather than some more of them
     */
    record There(Fields properties, boolean whole) implements Sight {}
  }
}
