package dev.parley.bot.discord;

import java.util.List;
import java.util.Set;
import net.dv8tion.jda.api.components.MessageTopLevelComponent;
import net.dv8tion.jda.api.utils.FileUpload;

/**
 * A card in Discord's components.
 *
 * @param files those that the components show
 * @param called whom it pings
 */
record Rendered(
    List<MessageTopLevelComponent> components, List<FileUpload> files, Set<String> called) {
  Rendered {
    components = List.copyOf(components);
    files = List.copyOf(files);
    called = Set.copyOf(called);
  }
}
