package dev.parley.bot.assistant.phrase;

import java.util.Optional;

/** Recognises one concept. */
@FunctionalInterface
interface Recogniser {
  /** What starts at a token, if it is this concept. */
  Optional<Hit> at(Sentence sentence, int i);
}
