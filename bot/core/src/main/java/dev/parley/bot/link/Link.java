package dev.parley.bot.link;

import dev.parley.identity.Person;
import java.time.Instant;

/**
 * A person who is a user.
 *
 * @param confirmedBy the user who said so: themselves on a surface where they were known, or an
 *     admin
 * @param confirmedAs the person who said it
 */
public record Link(
    Person person, String user, String confirmedBy, Person confirmedAs, Instant since) {}
