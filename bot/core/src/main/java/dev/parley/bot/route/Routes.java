package dev.parley.bot.route;

import dev.parley.bot.surface.Place;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tenants the workspaces and channels of one surface belong to.
 *
 * @param workspaces by the surface's own id
 */
public record Routes(String surface, Map<String, Workspace> workspaces) {
  public Routes {
    workspaces = Map.copyOf(workspaces);
  }

  /**
   * A team or guild.
   *
   * @param tenant whose direct messages are answered, where the person's own tenant is not known
   * @param channels by the surface's own id
   */
  public record Workspace(String tenant, Map<String, Channel> channels) {
    public Workspace {
      channels = Map.copyOf(channels);
    }
  }

  /** A channel that belongs to a tenant. */
  public record Channel(String tenant, Ground ground) {}

  /** The channel at a place, if it is bound. */
  public Optional<Channel> channel(Place place) {
    return Optional.ofNullable(workspaces.get(place.workspace()))
        .flatMap(workspace -> Optional.ofNullable(workspace.channels().get(place.channel())));
  }

  /** What a tenant's bot may do at a place. */
  public Ground ground(String tenant, Place place) {
    if (place.direct()) {
      return Ground.READING;
    }
    return channel(place)
        .filter(channel -> channel.tenant().equals(tenant))
        .map(Channel::ground)
        .orElse(Ground.STRANGE);
  }

  /** All tenants of a workspace, the one for direct messages first. */
  public Set<String> tenants(String workspace) {
    var tenants = new LinkedHashSet<String>();
    Optional.ofNullable(workspaces.get(workspace))
        .ifPresent(
            found -> {
              tenants.add(found.tenant());
              found.channels().values().stream()
                  .map(Channel::tenant)
                  .sorted()
                  .forEach(tenants::add);
            });
    return tenants;
  }

  /** All tenants of the surface. */
  public Set<String> tenants() {
    var tenants = new LinkedHashSet<String>();
    workspaces.keySet().stream().sorted().forEach(id -> tenants.addAll(tenants(id)));
    return tenants;
  }
}
