package dev.parley.bot.testkit;

import dev.parley.bot.memory.MemorySurface;
import java.util.Map;

class MemorySurfaceTest extends SurfaceContract {
  @Override
  protected Rig rig() {
    return new MemoryRig(new MemorySurface("memory", clock), clock, Map.of());
  }
}
