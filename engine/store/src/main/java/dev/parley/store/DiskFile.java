package dev.parley.store;

import java.io.IOException;

/** An open file. Interrupting a thread never closes it. */
interface DiskFile extends AutoCloseable {
  /** Reads up to so many bytes; fewer only at the end of the file. */
  int read(long at, byte[] into, int offset, int length) throws IOException;

  void write(long at, byte[] from, int offset, int length) throws IOException;

  /** Returns when everything written is on disk. */
  void force() throws IOException;

  long length() throws IOException;

  void truncate(long length) throws IOException;

  @Override
  void close() throws IOException;
}
