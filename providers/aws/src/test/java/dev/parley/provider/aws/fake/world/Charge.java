package dev.parley.provider.aws.fake.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/** What one service cost on one day, in US dollars. */
public record Charge(
    String account,
    String region,
    String service,
    LocalDate day,
    BigDecimal amount,
    Map<String, String> tags) {
  public Charge {
    tags = Map.copyOf(tags);
  }
}
