package dev.parley.plan;

import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a planner made of a message. A proposal: everything in it is checked afterwards. */
public sealed interface Reading {

  /**
   * A wish that can be planned.
   *
   * @param restated the wish in our words, one line
   * @param notes assumptions made, one line each
   * @param suggestion the name of a Blueprint that fits the like
   */
  record Wanted(Draft draft, String restated, List<String> notes, Optional<String> suggestion)
      implements Reading {
    public Wanted {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Something needed is missing.
   *
   * @param topic what is asked: region, size, environment, which
   * @param text one short question
   * @param choices answers to pick from, the default first; may be empty for free text
   * @param memory what the planner wants to have back with the answer; opaque to others
   */
  record Question(String topic, String text, List<String> choices, Fields memory)
      implements Reading {
    public Question {
      choices = List.copyOf(choices);
    }
  }

  /**
   * A question about what exists and why.
   *
   * @param question the name of a ready-made question of the Knowledge
   * @param arguments its parameters
   * @param asOf the instant it asks about; empty means now
   */
  record Asks(String question, Map<String, String> arguments, Optional<Instant> asOf)
      implements Reading {
    public Asks {
      arguments = Map.copyOf(arguments);
    }
  }

  /**
   * Not understood.
   *
   * @param understood the parts that were
   * @param unclear the words that were not
   * @param hint what could be said instead
   */
  record Lost(List<String> understood, List<String> unclear, String hint) implements Reading {
    public Lost {
      understood = List.copyOf(understood);
      unclear = List.copyOf(unclear);
    }
  }
}
