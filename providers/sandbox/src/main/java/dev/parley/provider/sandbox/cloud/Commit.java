package dev.parley.provider.sandbox.cloud;

import java.time.Instant;
import java.util.List;

/**
 * What one request, or the end of one undertaking, changed in an account: all of it or nothing.
 *
 * @param put items that are new or changed
 * @param gone keys of items that are no more
 * @param undertakings new, or newly ended
 * @param tokens newly used
 */
record Commit(
    String family,
    String account,
    List<Item> put,
    List<String> gone,
    List<Undertaking> undertakings,
    List<Used> tokens) {
  Commit {
    put = List.copyOf(put);
    gone = List.copyOf(gone);
    undertakings = List.copyOf(undertakings);
    tokens = List.copyOf(tokens);
  }

  /** A token, what it was used for, and when. */
  record Used(String token, String digest, String undertaking, Instant at) {}
}
