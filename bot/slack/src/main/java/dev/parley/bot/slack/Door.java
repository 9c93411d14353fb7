package dev.parley.bot.slack;

import dev.parley.value.Check;

/** The way in which deliveries come. */
interface Door extends AutoCloseable {
  void open();

  Check check();

  @Override
  void close();
}
