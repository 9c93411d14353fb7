package dev.parley.store;

import java.io.IOException;
import java.util.List;

/** One folder as the journal needs it; tests put a failing one in its place. */
interface Disk {
  /** What to call it in messages. */
  String name();

  /** The files' names, sorted. */
  List<String> files() throws IOException;

  /** Opens a file for reading and writing; makes it if it is not there. */
  DiskFile open(String file) throws IOException;

  /** Makes the folder's list of files durable. */
  void force() throws IOException;

  /** How many bytes can still be written. */
  long free() throws IOException;
}
