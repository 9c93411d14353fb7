package dev.parley.bot.surface;

import java.util.List;
import java.util.Optional;

/** One block of a card. */
public sealed interface Part {
  /** A paragraph. */
  record Text(Prose prose) implements Part {}

  /** Label and value, a few of them. */
  record Facts(List<Fact> facts) implements Part {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  record Fact(String label, Prose value) {}

  /**
   * Rows and columns.
   *
   * @param more how many rows are left out here and stand in an attachment
   */
  record Table(List<String> columns, List<List<String>> rows, int more) implements Part {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** Resources and what happens to them, each with its sign. */
  record Changes(List<ChangeLine> lines, int more) implements Part {
    public Changes {
      lines = List.copyOf(lines);
    }
  }

  record ChangeLine(String sign, String name, String type, String detail) {}

  /** What runs, and how far it is. */
  record Tasks(List<Task> tasks, int more) implements Part {
    public Tasks {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * @param state waiting, running, done, failed, skipped, unknown
   */
  record Task(String name, String state, String detail) {}

  /** What the rules found, worst first. */
  record Findings(List<FindingLine> lines, int more) implements Part {
    public Findings {
      lines = List.copyOf(lines);
    }
  }

  record FindingLine(
      String rule,
      String severity,
      String enforcement,
      String where,
      String message,
      String remedy) {}

  /** Cost as bars: one line each, the longest is full width. */
  record Bars(String title, List<Bar> bars) implements Part {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /**
   * @param share 0 to 1 of the largest
   */
  record Bar(String label, double share, String value) {}

  /** A picture with its description for those who can't see it. */
  record Image(Attachment picture, String alt) implements Part {}

  /** Preformatted text; never split. */
  record Code(String language, String text) implements Part {}

  /** Small print. */
  record Note(Prose prose) implements Part {}

  /** A link of its own. */
  record Link(String label, String url) implements Part {}

  /** A longer text to download. */
  record Attached(Attachment file) implements Part {}

  /** Convenience: a paragraph of plain words. */
  static Part text(String words) {
    return new Text(Prose.of(words));
  }

  /** Where a picture or file may be looked at, if the surface has put it somewhere. */
  record Attachment(String name, String mediaType, byte[] bytes, Optional<String> url) {}
}
