package dev.parley.graph;

import dev.parley.knowledge.Knowledge;
import dev.parley.testkit.GraphContract;
import java.nio.file.Path;
import java.time.Clock;

class MemoryKnowledgeTest extends GraphContract {
  @Override
  protected Knowledge open(Path folder, Clock clock) {
    return TdbKnowledge.inMemory(clock);
  }

  @Override
  protected boolean survives() {
    return false;
  }
}
