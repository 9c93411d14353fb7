package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value.Fields;

/**
 * One operation of a service.
 *
 * @param mutates whether it changes anything
 * @param signed whether it must be signed; only a web identity's exchange is not
 * @param input what it may be asked
 */
public record Operation(boolean mutates, boolean signed, Struct input, Handler handler) {
  /** Does the work; throws {@link ServiceError} if it can't. */
  @FunctionalInterface
  public interface Handler {
    /** The output's members. */
    Fields answer(Call call);
  }

  /** One that only looks. */
  public static Operation reads(String input, Handler handler) {
    return new Operation(false, true, Shape.of(input), handler);
  }

  /** One that changes something. */
  public static Operation changes(String input, Handler handler) {
    return new Operation(true, true, Shape.of(input), handler);
  }

  /** One that needs no signature. */
  public static Operation open(String input, Handler handler) {
    return new Operation(false, false, Shape.of(input), handler);
  }
}
