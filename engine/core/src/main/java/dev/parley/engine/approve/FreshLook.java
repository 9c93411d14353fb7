package dev.parley.engine.approve;

import dev.parley.approval.Proposal;
import java.util.Optional;

/** Looks whether all that a proposal was made from still stands. */
@FunctionalInterface
public interface FreshLook {
  /** What moved since, for people; empty if nothing did. May take as long as the clouds take. */
  Optional<String> moved(Proposal proposal);
}
