package dev.parley.approval;

import dev.parley.identity.Person;
import java.time.Instant;

/**
 * An owner has looked at what was approved by break-glass. It undoes nothing.
 *
 * @param receipt the receipt it is about, by id
 * @param user who reviewed
 * @param person as whom, on which surface
 * @param demo whether the identity is a made-up one of the demo
 */
public record Review(
    String plan,
    int revision,
    String receipt,
    String user,
    Person person,
    boolean demo,
    Instant at) {}
