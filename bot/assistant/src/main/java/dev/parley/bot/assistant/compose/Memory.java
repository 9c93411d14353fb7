package dev.parley.bot.assistant.compose;

import dev.parley.plan.Reading.Question;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/**
 * What a question brings back with its answer: the message it is about, and what was answered so
 * far. With it the message is read again as if all had been said at once.
 *
 * @param message what was asked for
 * @param answers topic → answer
 * @param open the topic that waits for an answer; "" if none does
 */
public record Memory(String message, Fields answers, String open) {
  /** A message to which nothing was asked yet. */
  public static Memory of(String message) {
    return new Memory(message, Fields.EMPTY, "");
  }

  /** What a pending question remembers, if it is one of ours. */
  public static Optional<Memory> of(Question question) {
    Fields memory = question.memory();
    return memory
        .text("message")
        .map(
            message ->
                new Memory(message, memory.fieldsAt("answers"), memory.text("open").orElse("")));
  }

  /** The answer to a topic. */
  public Optional<String> answer(String key) {
    return answers.text(key);
  }

  /** With the open topic answered. */
  public Memory answered(String answer) {
    return new Memory(message, answers.with(open, Value.text(answer)), "");
  }

  /** A question about a topic. */
  public Question ask(String topic, String key, String text, List<String> choices) {
    Fields memory =
        Fields.of("message", Value.text(message))
            .with("answers", answers)
            .with("open", Value.text(key));
    return new Question(topic, text, choices, memory);
  }
}
