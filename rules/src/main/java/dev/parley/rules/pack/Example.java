package dev.parley.rules.pack;

import dev.parley.rules.read.Section;
import dev.parley.value.Pointer;
import java.util.Optional;

/**
 * An example of a rule: something it is shown, and what it must say.
 *
 * @param expected what it must say
 * @param at where the finding must point; empty means anywhere
 * @param given the rest of it, as written
 * @param source file and line
 */
public record Example(
    Judgement.Status expected, Optional<Pointer> at, Section given, String source) {}
