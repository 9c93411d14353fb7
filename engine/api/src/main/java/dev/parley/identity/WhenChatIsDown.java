package dev.parley.identity;

import java.util.Collection;

/** What a run does while nobody can be told of it, since the place it is talked about is down. */
public enum WhenChatIsDown {
  /** It goes on; what there is to tell is told afterwards. */
  CONTINUE,
  /** It starts nothing new until the place is back; what is under way is followed to its end. */
  WAIT;

  /** {@link #WAIT} if one of them says so. */
  public static WhenChatIsDown strictest(Collection<WhenChatIsDown> all) {
    return all.contains(WAIT) ? WAIT : CONTINUE;
  }
}
