package dev.parley.graph;

import dev.parley.knowledge.Knowledge;
import dev.parley.testkit.GraphContract;
import java.nio.file.Path;
import java.time.Clock;

class TdbKnowledgeTest extends GraphContract {
  @Override
  protected Knowledge open(Path folder, Clock clock) {
    return new TdbKnowledge(folder, clock);
  }

  @Override
  protected boolean survives() {
    return true;
  }
}
