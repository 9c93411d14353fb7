package dev.parley.provider.aws.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A type as its source lists it, before its schema is read.
 *
 * @param mark changes when the schema does: a version, a time, or the schema's SHA-256
 * @param sha the schema's SHA-256, where the schema is at hand
 * @param since when this version came about, as far as is known
 * @param source what {@link dev.parley.catalog.TypeSchema#source} shall say
 */
record Entry(String mark, Optional<String> sha, Instant since, String description, String source) {}
