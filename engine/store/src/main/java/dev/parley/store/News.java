package dev.parley.store;

import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What some entries change in the views: of each document the last write, of each stream a run. */
final class News {
  private final Map<String, Written> documents = new LinkedHashMap<>();
  private final Map<String, List<Long>> streams = new LinkedHashMap<>();
  private int count;
  private long last;

  void take(Entry entry) {
    Written.read(entry)
        .ifPresent(
            write ->
                documents.put(
                    DocumentRow.key(write.tenant(), write.collection(), write.key()), write));
    streams
        .computeIfAbsent(StreamRow.prefix(entry.tenant(), entry.stream()), _ -> new ArrayList<>())
        .add(entry.sequence());
    last = entry.sequence();
    count++;
  }

  int count() {
    return count;
  }

  /** The last entry taken. */
  long last() {
    return last;
  }

  /** Last writes by row key. */
  Map<String, Written> documents() {
    return documents;
  }

  /** New sequences by key prefix. */
  Map<String, List<Long>> streams() {
    return streams;
  }

  void clear() {
    documents.clear();
    streams.clear();
    count = 0;
  }
}
