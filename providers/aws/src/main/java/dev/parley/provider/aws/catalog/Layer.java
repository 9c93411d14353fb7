package dev.parley.provider.aws.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the places where an account's types come from. */
interface Layer {
  /**
   * What it lists now. What can't be read leaves the former state, with a warning.
   *
   * @param anew whether to read all again, even what counts as fresh
   * @param warnings takes what could not be read
   * @return types by name
   */
  Map<String, Entry> look(boolean anew, List<String> warnings);

  /**
   * The SHA-256 of a type's schema, which the {@link Documents} then hold.
   *
   * @throws dev.parley.provider.ProviderException if it has to be fetched, and can't be
   */
  Optional<String> schema(String type, Entry entry);
}
