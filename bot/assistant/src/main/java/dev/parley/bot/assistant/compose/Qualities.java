package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.lexicon.Services;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * What the qualities of a thing come to.
 *
 * @param arguments those its service takes
 * @param ports those to be opened by a firewall in front of it
 * @param unused those it can't take
 */
record Qualities(Fields arguments, List<Value> ports, List<Quality> unused) {

  static Qualities of(List<Quality> qualities, String service, Services services) {
    return of(qualities, service, services, false);
  }

  /**
   * @param sourced whether it was said who may come: then a port is the firewall's, not the thing's
   */
  static Qualities of(List<Quality> qualities, String service, Services services, boolean sourced) {
    Fields arguments = Fields.EMPTY;
    var ports = new ArrayList<Value>();
    var unused = new ArrayList<Quality>();
    for (Quality quality : qualities) {
      boolean fits = quality.services().isEmpty() || quality.services().contains(service);
      boolean guarded = sourced && services.takes(service, "firewall");
      var option =
          quality.options().stream()
              .filter(o -> !guarded || o.get("port").isEmpty())
              .filter(
                  o ->
                      o.fields().keySet().stream()
                          .allMatch(argument -> services.takes(service, argument)))
              .findFirst();
      if (fits && option.isPresent()) {
        arguments = merge(arguments, option.get());
      } else if (!quality.options().getFirst().itemsAt("ports").isEmpty()
          && services.takes(service, "firewall")) {
        ports.addAll(quality.options().getFirst().itemsAt("ports"));
      } else {
        unused.add(quality);
      }
    }
    return new Qualities(arguments, List.copyOf(ports), List.copyOf(unused));
  }

  static Fields merge(Fields base, Fields more) {
    Fields merged = base;
    for (var entry : more.fields().entrySet()) {
      boolean both = entry.getKey().equals("ports") && !base.itemsAt("ports").isEmpty();
      merged =
          merged.with(
              entry.getKey(),
              both ? union(base.itemsAt("ports"), more.itemsAt("ports")) : entry.getValue());
    }
    return merged;
  }

  static Value union(List<Value> left, List<Value> right) {
    var all = new java.util.LinkedHashSet<Value>(left);
    all.addAll(right);
    return new Value.Items(List.copyOf(all));
  }
}
