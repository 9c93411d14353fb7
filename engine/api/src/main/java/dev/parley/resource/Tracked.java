package dev.parley.resource;

import java.time.Instant;
import java.util.Optional;

/**
 * A resource that Parley made or imported: what was last seen of it.
 *
 * @param seen when the provider last showed it
 * @param run which run last changed it; empty if it was imported
 * @param thread where that run was asked for; empty if it was imported
 */
public record Tracked(
    Address at, Resource resource, Instant seen, Optional<String> run, Optional<String> thread) {}
