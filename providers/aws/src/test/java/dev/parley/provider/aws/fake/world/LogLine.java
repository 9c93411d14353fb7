package dev.parley.provider.aws.fake.world;

import java.time.Instant;

/** A line in a log group's stream. */
public record LogLine(
    String account, String region, String group, String stream, Instant at, String text) {}
