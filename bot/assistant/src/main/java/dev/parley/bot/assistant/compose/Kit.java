package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Request;
import dev.parley.plan.Reading;
import java.util.List;

/**
 * What a request is worked on with.
 *
 * @param place the place that holds for all of it
 */
record Kit(
    Scene scene,
    Memory memory,
    Request request,
    Work work,
    Places.Said place,
    Finder finder,
    Maker maker,
    Changer changer,
    Linker linker,
    Places places,
    Implied implied) {

  /** That too little was understood, with a hint. */
  Halt lost(String hint) {
    return new Halt(
        new Reading.Lost(
            understood(), request.unknown().stream().distinct().limit(12).toList(), hint));
  }

  /** What was understood. */
  List<String> understood() {
    return Understood.of(request);
  }
}
