package dev.parley.bot.route;

import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.identity.Directory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One surface for the bots of several tenants. Each gets a line of its own; what comes in goes to
 * the tenant of its place, direct messages to the tenant in which the person is somebody, and the
 * unknown nowhere.
 */
public final class Exchange implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Surface surface;
  private final Routes routes;
  private final Directory directory;
  private final Map<String, Consumer<Inbound>> inboxes = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  public Exchange(Surface surface, Routes routes, Directory directory) {
    this.surface = surface;
    this.routes = routes;
    this.directory = directory;
  }

  /** The surface as one tenant's bot has it. */
  public Surface line(String tenant) {
    return new Line(surface, inbox -> inboxes.put(tenant, inbox), this);
  }

  /** Begins to listen, once every tenant's bot has its line. */
  public void open() {
    surface.start(this::route);
  }

  private void route(Inbound inbound) {
    Optional<Consumer<Inbound>> inbox =
        tenant(inbound).flatMap(tenant -> Optional.ofNullable(inboxes.get(tenant)));
    if (inbox.isEmpty()) {
      LOG.info(
          "{} of {} belongs to no tenant and is left alone",
          inbound.getClass().getSimpleName(),
          inbound.place().key());
      return;
    }
    inbox.get().accept(inbound);
  }

  private Optional<String> tenant(Inbound inbound) {
    var bound = routes.channel(inbound.place()).map(Routes.Channel::tenant);
    if (bound.isPresent()) {
      return bound;
    }
    Set<String> all = tenants(inbound);
    return all.stream()
        .filter(tenant -> directory.user(tenant, inbound.speaker().person()).isPresent())
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  /** A platform may have direct conversations beside its workspaces; the person is in one. */
  private Set<String> tenants(Inbound inbound) {
    Place place = inbound.place();
    if (!place.direct() || !place.workspace().isEmpty()) {
      return routes.tenants(place.workspace());
    }
    String workspace = inbound.speaker().person().workspace();
    return workspace.isEmpty() ? routes.tenants() : routes.tenants(workspace);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      surface.close();
    }
  }
}
