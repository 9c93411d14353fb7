package dev.parley.bot.assistant.clause;

import dev.parley.bot.assistant.concept.Concept.Kind;
import java.util.List;
import java.util.Set;

/**
 * A message, taken apart.
 *
 * @param turns words about the conversation: the same, instead, also
 * @param forbidden words that only a button, an emoji or a command may say
 * @param unknown words nobody knew
 * @param notes how words were read
 */
public record Request(
    List<Clause> clauses,
    Frame frame,
    Set<Kind> turns,
    List<String> forbidden,
    List<String> unknown,
    List<String> notes) {
  public Request {
    clauses = List.copyOf(clauses);
    turns = Set.copyOf(turns);
    forbidden = List.copyOf(forbidden);
    unknown = List.copyOf(unknown);
    notes = List.copyOf(notes);
  }
}
