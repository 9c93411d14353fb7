package dev.parley.bot.discord;

import java.net.URI;
import java.util.Optional;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;

/** Where the gateway is: Discord's own address, or a configured one. */
final class Gateway extends ConcurrentSessionController {
  private final Optional<URI> configured;

  Gateway(Optional<URI> configured) {
    this.configured = configured;
  }

  @Override
  public String getGateway() {
    return configured.map(URI::toString).orElseGet(super::getGateway);
  }
}
