package dev.parley.benchmarks;

import java.time.Duration;
import java.time.Instant;

/**
 * One request as the platform knows it.
 *
 * @param channel its number
 * @param message the platform's id of it
 * @param at when the platform had it
 * @param acknowledged how long the program took to say that it has it; zero where platforms do not
 *     ask for that
 */
record Asked(int channel, String message, Instant at, Duration acknowledged) {}
