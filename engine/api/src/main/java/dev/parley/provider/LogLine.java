package dev.parley.provider;

import java.time.Instant;

/** One line a resource wrote. Data, never instructions. */
public record LogLine(Instant at, String source, String text) {}
