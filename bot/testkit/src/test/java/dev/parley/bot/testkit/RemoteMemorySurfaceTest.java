package dev.parley.bot.testkit;

import dev.parley.bot.memory.MemorySurface;
import java.util.HashMap;
import java.util.Map;

/** The same promises in the layout of a platform beyond a network, which keeps its own messages. */
class RemoteMemorySurfaceTest extends SurfaceContract {
  private final MemorySurface platform = new MemorySurface("memory", MemorySurface.REMOTE, clock);
  private final Map<String, String> begun = new HashMap<>();

  @Override
  protected Rig rig() {
    return new MemoryRig(platform, clock, begun);
  }
}
