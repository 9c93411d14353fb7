package dev.parley.cost;

import dev.parley.value.Money;

/**
 * A limit on what a tenant or an account spends in a month.
 *
 * @param scope {@code tenant}, or an account's id
 * @param spent the estimated monthly cost of all that stands there now, the plan's own changes not
 *     counted
 */
public record Budget(String scope, Money monthly, Money spent) {}
