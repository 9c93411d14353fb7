package dev.parley.engine.look;

import dev.parley.provider.Page;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What was found in an account.
 *
 * @param sources who was asked, each with how much of all there is it sees
 * @param gaps what could not be listed, and why
 */
public record Inventory(
    String account, List<Found> found, List<Page.Source> sources, List<String> gaps) {
  public Inventory {
    found = List.copyOf(found);
    sources = List.copyOf(sources);
    gaps = List.copyOf(gaps);
  }

  /**
   * Something that exists.
   *
   * @param tracked its address, if Parley made or imported it
   * @param source who showed it; "" where there is only one place to ask
   */
  public record Found(Resource resource, Optional<Address> tracked, String source) {}

  /** What nobody here made or imported. */
  public List<Found> untracked() {
    return found.stream().filter(one -> one.tracked().isEmpty()).toList();
  }

  /**
   * Whether everything that was asked for is in it: nothing was left out, and whoever was asked
   * sees all.
   */
  public boolean complete() {
    return gaps.isEmpty()
        && (sources.isEmpty() || sources.stream().anyMatch(Page.Source::complete));
  }
}
