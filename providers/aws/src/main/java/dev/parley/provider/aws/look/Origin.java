package dev.parley.provider.aws.look;

import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import java.util.List;
import java.util.Optional;

/** Somebody who can be asked what there is. */
interface Origin {
  /** For people: "Resource Explorer, eu-west-1". */
  String name();

  /**
   * A page.
   *
   * @param type what is asked for; empty means everything
   * @throws dev.parley.provider.ProviderException if it can't be asked
   */
  Part page(Optional<ResourceType> type, Optional<String> token);

  /**
   * What was answered.
   *
   * @param complete whether it sees everything of what was asked for
   * @param detail what it sees and what not
   */
  record Part(
      List<Resource> items,
      Optional<String> next,
      List<String> gaps,
      boolean complete,
      String detail) {
    public Part {
      items = List.copyOf(items);
      gaps = List.copyOf(gaps);
    }
  }
}
