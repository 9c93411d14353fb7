package dev.parley.provider.aws.fake.world;

import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A resource operation request and how far it is.
 *
 * @param token its request token
 * @param clientToken the one it came with
 * @param digest of everything that the client token stands for
 * @param identifier of the resource, as soon as there is one
 * @param looks how many more looks it takes
 * @param due not ended before
 * @param failure how it will end, if not well
 * @param after the properties it will have written in the end; empty if they are written already
 * @param hooks what was asked before anything was done
 */
public record Progress(
    String token,
    Place place,
    Verb verb,
    Optional<String> clientToken,
    String digest,
    Optional<String> identifier,
    Status status,
    Instant asked,
    Instant changed,
    int looks,
    Instant due,
    Optional<Failure> failure,
    Optional<Fields> after,
    List<Hook> hooks) {
  public Progress {
    hooks = List.copyOf(hooks);
  }

  /** What is done. */
  public enum Verb {
    CREATE,
    UPDATE,
    DELETE
  }

  /** How far it is. */
  public enum Status {
    PENDING,
    IN_PROGRESS,
    SUCCESS,
    FAILED,
    CANCEL_IN_PROGRESS,
    CANCEL_COMPLETE;

    /** Whether nothing will change any more. */
    public boolean ended() {
      return this == SUCCESS || this == FAILED || this == CANCEL_COMPLETE;
    }
  }

  /** Why it ends badly. */
  public record Failure(String code, String message) {}

  /**
   * A hook that was asked.
   *
   * @param passed what it said
   * @param strict whether its no is binding; otherwise it only warns
   */
  public record Hook(String name, boolean passed, boolean strict, String message) {}

  /** Further on. */
  public Progress with(Status status, int looks, Instant now) {
    return new Progress(
        token,
        place,
        verb,
        clientToken,
        digest,
        identifier,
        status,
        asked,
        now,
        looks,
        due,
        failure,
        after,
        hooks);
  }
}
