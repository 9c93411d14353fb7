package dev.parley.bot.slack;

import java.time.Instant;
import java.util.Optional;

/**
 * What a delivery allows to be done in answer to it.
 *
 * @param trigger opens one form, within about three seconds
 * @param response posts what one person sees, five times within half an hour
 */
record Occasion(Optional<String> trigger, Optional<String> response, Instant at) {}
