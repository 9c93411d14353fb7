package dev.parley.engine;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.policy.Finding;
import dev.parley.resource.Address;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import java.util.List;
import java.util.Optional;

/**
 * How a revision differs from the one before.
 *
 * @param former the digest whose votes are void
 * @param added addresses that are new in the plan
 * @param dropped addresses that are no longer in it
 * @param changed addresses whose change is another
 * @param monthly what the estimate rose by; negative if it fell
 * @param appeared findings that were not there
 * @param resolved findings that are gone
 * @param whenChatIsDown what its run does now while the chat is down, if that is something else
 * @param votesVoided how many votes no longer count
 */
public record Revised(
    int from,
    Digest former,
    List<Address> added,
    List<Address> dropped,
    List<Address> changed,
    Money monthly,
    List<Finding> appeared,
    List<Finding> resolved,
    Optional<WhenChatIsDown> whenChatIsDown,
    int votesVoided) {
  public Revised {
    added = List.copyOf(added);
    dropped = List.copyOf(dropped);
    changed = List.copyOf(changed);
    appeared = List.copyOf(appeared);
    resolved = List.copyOf(resolved);
  }
}
