package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.look.Drifts;
import dev.parley.resource.Drift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How clouds differ from what is known of them. */
public final class DriftCard {
  private static final int ROWS = 15;
  private static final int PROPERTIES = 3;

  private DriftCard() {}

  /**
   * The card.
   *
   * @param account the only one that was looked at, if so
   */
  public static Card of(Drifts drifts, Optional<String> account) {
    String where = account.map(one -> " in " + one).orElse("");
    if (drifts.none()) {
      return Notice.good("No drift", "Everything is as it was last seen" + where + ".");
    }
    var parts = new ArrayList<Part>();
    List<Drift> all =
        drifts.found().stream()
            .sorted(Comparator.comparing(Drift::kind).thenComparing(Drift::at))
            .toList();
    if (!all.isEmpty()) {
      parts.add(
          new Part.Table(
              List.of("resource", "how", "expected → seen"),
              all.stream().limit(ROWS).map(DriftCard::row).toList(),
              Math.max(0, all.size() - ROWS)));
    }
    parts.addAll(Gaps.parts("Not looked at", drifts.gaps()));
    parts.add(
        new Part.Note(
            Prose.of(
                Say.count(drifts.looked(), "tracked resource")
                    + " looked at. What nobody tracks can be taken under care with `import`.")));
    return Notice.parts(
        all.isEmpty()
            ? "No drift found" + where + ", but not everything could be looked at"
            : title(all),
        parts);
  }

  /** What has moved is news; what nobody tracks may always have been there. */
  private static String title(List<Drift> all) {
    int strangers = (int) all.stream().filter(one -> one.kind() == Drift.Kind.UNTRACKED).count();
    int moved = all.size() - strangers;
    String untracked = strangers + " that nobody tracks";
    if (moved == 0) {
      return "No drift; " + untracked;
    }
    return Say.count(moved, "resource")
        + (moved == 1 ? " differs" : " differ")
        + " from what was last seen"
        + (strangers > 0 ? "; " + untracked : "");
  }

  private static List<String> row(Drift drift) {
    return List.of(
        drift.at().toString(),
        Say.lower(drift.kind()),
        drift.differences().stream()
            .limit(PROPERTIES)
            .map(
                one ->
                    one.path()
                        + ": "
                        + one.expected().map(Say::value).orElse("(none)")
                        + " → "
                        + one.actual().map(Say::value).orElse("(none)"))
            .collect(Collectors.joining("; ")));
  }
}
