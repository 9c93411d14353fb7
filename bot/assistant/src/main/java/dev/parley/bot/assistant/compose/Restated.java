package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Cap;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Alter;
import dev.parley.plan.Want.Invoke;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.plan.Want.OfType;
import dev.parley.plan.Want.Remove;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A draft in a line of plain words. */
final class Restated {
  private Restated() {}

  /** A few words for lists: "3 vm, load balancer, database". */
  static String title(List<Want> wants) {
    var counts = new LinkedHashMap<String, Integer>();
    for (Want want : wants) {
      String what =
          switch (want) {
            case Make make -> kind(make);
            case Alter alter -> "change " + alter.at().name();
            case Remove remove -> "delete " + remove.at().name();
            case Invoke invoke -> invoke.operation() + " " + invoke.at().name();
          };
      counts.merge(what, 1, Integer::sum);
    }
    String title =
        counts.entrySet().stream()
            .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return title.length() <= 80 ? title : title.substring(0, 79) + "…";
  }

  /** The whole wish in one line. */
  static String line(Draft draft) {
    var parts = new ArrayList<String>();
    makes(draft).forEach((key, group) -> parts.add(group(group)));
    for (Want want : draft.wants()) {
      switch (want) {
        case Make _ -> {}
        case Alter alter ->
            parts.add(
                "change "
                    + alter.at().name()
                    + (alter.arguments().isEmpty() ? "" : " (" + arguments(alter.arguments()) + ")")
                    + alter.region().map(r -> " to region " + r).orElse(""));
        case Remove remove -> parts.add("delete " + remove.at().name());
        case Invoke invoke -> parts.add(invoke.operation() + " " + invoke.at().name());
      }
    }
    String all = String.join("; ", parts);
    var line = new StringBuilder(all.length() <= 600 ? all : all.substring(0, 599) + "…");
    String where = place(draft.place());
    line.append(where.isEmpty() ? "" : " " + where);
    draft.environment().ifPresent(environment -> line.append(" for ").append(environment));
    draft.cap().ifPresent(cap -> line.append(", at most ").append(cap(cap)));
    if (!draft.tags().isEmpty()) {
      line.append(", tagged ").append(tags(draft.tags()));
    }
    line.append(draft.rollback() ? ", rolled back by itself if it fails" : "");
    draft
        .whenChatIsDown()
        .map(
            down ->
                switch (down) {
                  case WAIT -> ", waiting while the chat is down";
                  case CONTINUE -> ", going on even while the chat is down";
                })
        .ifPresent(line::append);
    line.append('.');
    return Character.toUpperCase(line.charAt(0)) + line.substring(1);
  }

  private static Map<String, List<Make>> makes(Draft draft) {
    var groups = new LinkedHashMap<String, List<Make>>();
    for (Want want : draft.wants()) {
      if (want instanceof Make make) {
        String arguments = make.what() instanceof OfService(_, var a) ? arguments(a) : "";
        groups
            .computeIfAbsent(
                kind(make) + "/" + Names.base(make.name()) + "/" + arguments + make.place(),
                _ -> new ArrayList<>())
            .add(make);
      }
    }
    return groups;
  }

  private static String group(List<Make> group) {
    Make first = group.getFirst();
    String names =
        group.size() == 1
            ? first.name()
            : first.name() + (group.size() == 2 ? " and " : " to ") + group.getLast().name();
    String arguments =
        switch (first.what()) {
          case OfService(_, var a) -> arguments(a);
          case OfType(_, var properties) -> arguments(properties);
        };
    String place = place(first.place());
    return (group.size() == 1 ? "" : group.size() + " × ")
        + kind(first)
        + " "
        + names
        + (arguments.isEmpty() ? "" : " (" + arguments + ")")
        + (place.isEmpty() ? "" : " " + place);
  }

  private static String kind(Make make) {
    return switch (make.what()) {
      case OfService(var service, _) -> service.replace('-', ' ');
      case OfType(var type, _) -> type.name();
    };
  }

  private static String arguments(Fields arguments) {
    String all =
        arguments.fields().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " " + show(e.getValue()))
            .collect(Collectors.joining(", "));
    return all.length() <= 160 ? all : all.substring(0, 159) + "…";
  }

  private static String show(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Num(var number) -> number.toPlainString();
      case Value.Bool(var bool) -> bool ? "yes" : "no";
      case Value.Items(var items) ->
          items.stream().limit(8).map(Restated::show).collect(Collectors.joining(" "))
              + (items.size() > 8 ? " …" : "");
      case Value.Ref(var target, _) -> target;
      case Value.Secret _ -> "a secret";
      case Fields _ -> "{…}";
      case Value.Null _, Value.Unknown _ -> "–";
    };
  }

  private static String place(Place place) {
    if (place.cheapest()) {
      return "wherever it is cheapest"
          + place.family().map(f -> " on " + f).orElse("")
          + place.region().map(r -> " in " + r).orElse("");
    }
    var words = new ArrayList<String>();
    place.region().ifPresent(region -> words.add("in " + region));
    place.account().ifPresent(account -> words.add("on " + account));
    place.family().ifPresent(family -> words.add("on " + family));
    return String.join(" ", words);
  }

  private static String cap(Cap cap) {
    return cap.amount().amount().toPlainString()
        + " "
        + cap.amount().currency()
        + " a "
        + cap.period().name().toLowerCase(Locale.ROOT);
  }

  private static String tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
