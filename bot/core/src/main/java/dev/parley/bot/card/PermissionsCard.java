package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.look.Permissions;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** The least that accounts must be allowed to do. */
public final class PermissionsCard {
  private PermissionsCard() {}

  /**
   * The card.
   *
   * @param of the plan, or the type
   */
  public static Card of(String of, Permissions permissions) {
    var parts = new ArrayList<Part>();
    permissions
        .accounts()
        .forEach(
            (account, names) -> {
              if (!names.isEmpty()) {
                parts.add(Part.text(account));
                parts.add(new Part.Code("", String.join("\n", permissions.lines(account))));
              }
            });
    if (!permissions.unknown().isEmpty()) {
      parts.add(
          new Part.Note(
              Prose.of(
                  "The catalog does not say what these need: "
                      + permissions.unknown().stream()
                          .map(ResourceType::name)
                          .collect(Collectors.joining(", ")))));
    }
    return Notice.parts("What " + of + " needs to be allowed", parts);
  }
}
