package dev.parley.cost;

import dev.parley.value.Money;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one unit of one thing costs in one place.
 *
 * @param family aws, azure, gcp
 * @param service the vendor's service, lower case: ec2, ebs, rds
 * @param sku what is sold
 * @param region {@code *} means everywhere
 * @param unit hour, GB-month, month, million-requests, GB
 * @param from the tier starts at this many units a month
 * @param source where the figure stands
 * @param asOf when it was read
 */
public record Price(
    String family,
    String service,
    String sku,
    String region,
    String unit,
    BigDecimal from,
    Money each,
    String source,
    LocalDate asOf) {}
