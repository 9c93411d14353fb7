package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.look.Inventory;
import dev.parley.provider.Page;
import dev.parley.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What exists in an account: what nobody tracks first, and how sure that is all. */
public final class InventoryCard {
  private static final int ROWS = 15;

  private InventoryCard() {}

  /**
   * The card.
   *
   * @param type what was asked for, if not everything
   */
  public static Card of(Inventory inventory, Optional<ResourceType> type) {
    List<Inventory.Found> untracked = inventory.untracked();
    var parts = new ArrayList<Part>();
    int tracked = inventory.found().size() - untracked.size();
    parts.add(
        Part.text(
            Say.count(untracked.size(), "resource")
                + " that nobody tracks, "
                + tracked
                + " tracked"
                + type.map(one -> "; only " + one.name()).orElse("")
                + "."));
    if (untracked.size() > ROWS) {
      parts.add(byType(untracked));
    }
    if (!untracked.isEmpty()) {
      parts.add(
          new Part.Table(
              List.of("name", "type", "region", "id"),
              untracked.stream().limit(ROWS).map(InventoryCard::row).toList(),
              Math.max(0, untracked.size() - ROWS)));
    }
    sources(inventory).ifPresent(parts::add);
    parts.addAll(Gaps.parts("Not seen", inventory.gaps()));
    if (!untracked.isEmpty()) {
      parts.add(
          new Part.Note(
              Prose.of(
                  "Say `import "
                      + inventory.account()
                      + " <type or id>` to take some of it under care, or `import "
                      + inventory.account()
                      + " all`.")));
    }
    if (inventory.found().size() > ROWS) {
      parts.add(new Part.Attached(csv(inventory)));
    }
    return Notice.parts(
        Say.count(inventory.found().size(), "resource") + " in " + inventory.account(), parts);
  }

  private static List<String> row(Inventory.Found found) {
    return List.of(
        found.resource().name(),
        found.resource().type().name(),
        found.resource().region(),
        found.resource().id().value());
  }

  private static Part byType(List<Inventory.Found> untracked) {
    var counts =
        untracked.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.resource().type().name(), TreeMap::new, Collectors.counting()));
    return new Part.Facts(
        counts.entrySet().stream()
            .limit(ROWS)
            .map(entry -> Say.fact(entry.getKey(), String.valueOf(entry.getValue())))
            .toList());
  }

  private static Optional<Part> sources(Inventory inventory) {
    if (inventory.sources().isEmpty()) {
      return Optional.empty();
    }
    var alike = new LinkedHashMap<String, List<Page.Source>>();
    inventory.sources().stream()
        .sorted(Comparator.comparing(Page.Source::complete))
        .forEach(one -> alike.computeIfAbsent(seen(one), _ -> new ArrayList<>()).add(one));
    return Optional.of(
        new Part.Facts(
            alike.entrySet().stream()
                .map(entry -> Say.fact(names(entry.getValue()), entry.getKey()))
                .toList()));
  }

  private static String names(List<Page.Source> alike) {
    String first = alike.getFirst().name();
    return alike.size() == 1 ? first : first + " and " + (alike.size() - 1) + " more";
  }

  private static String seen(Page.Source source) {
    return (source.complete() ? "sees everything" : "sees a part") + detail(source);
  }

  private static String detail(Page.Source source) {
    return source.detail().isBlank() ? "" : ": " + source.detail();
  }

  private static Attachment csv(Inventory inventory) {
    var text = new StringBuilder("address,type,id,name,region,source\r\n");
    for (Inventory.Found one : inventory.found()) {
      text.append(cell(one.tracked().map(Object::toString).orElse("")))
          .append(',')
          .append(cell(one.resource().type().toString()))
          .append(',')
          .append(cell(one.resource().id().value()))
          .append(',')
          .append(cell(one.resource().name()))
          .append(',')
          .append(cell(one.resource().region()))
          .append(',')
          .append(cell(one.source()))
          .append("\r\n");
    }
    return new Attachment(
        inventory.account() + ".csv",
        "text/csv",
        text.toString().getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  /** Quoted; what a spreadsheet would take for a formula is made plain text. */
  private static String cell(String text) {
    String plain = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
    return '"' + plain.replace("\"", "\"\"") + '"';
  }
}
