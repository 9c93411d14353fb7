package dev.parley.bot.assistant.ask;

import java.util.List;
import java.util.Optional;

/**
 * What a question is about.
 *
 * @param resource the name of one resource, if it is about one
 * @param choices the names it may mean, if that is open
 * @param service the service it speaks of: "buckets"
 * @param type the catalog type it names
 * @param position where in the message it stands, in tokens
 */
record Subject(
    Optional<String> resource,
    List<String> choices,
    Optional<String> service,
    Optional<String> type,
    int position) {
  static final Subject NONE =
      new Subject(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), -1);
}
