package dev.parley.bot.assistant;

import dev.parley.plan.Cap;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a corpus entry expects of a reading; only what it names is compared. */
record Expectation(Fields wanted) {

  /** Everything that differs; empty if all is as expected. */
  List<String> differences(Reading reading) {
    var wrong = new ArrayList<String>();
    for (var entry : wanted.fields().entrySet()) {
      Object actual = actual(entry.getKey(), entry.getValue(), reading);
      String expected = shown(entry.getKey(), entry.getValue());
      if (!expected.equals(String.valueOf(actual))) {
        wrong.add(entry.getKey() + ": expected " + expected + " but was " + actual);
      }
    }
    return wrong;
  }

  private static String shown(String key, Value value) {
    return switch (key) {
      case "removes", "names", "contains", "freshNames" -> sorted(value).toString();
      default -> CanonicalJson.write(value);
    };
  }

  private static TreeSet<String> sorted(Value list) {
    var all = new TreeSet<String>();
    if (list instanceof Items(var items)) {
      items.forEach(item -> all.add(((Text) item).text()));
    }
    return all;
  }

  private static Object actual(String key, Value expected, Reading reading) {
    return switch (reading) {
      case Reading.Wanted wanted -> draft(key, expected, wanted);
      case Reading.Question question ->
          switch (key) {
            case "question" -> quoted(question.topic());
            case "choices" -> CanonicalJson.write(Value.texts(question.choices()));
            default -> question;
          };
      case Reading.Asks asks ->
          switch (key) {
            case "asks" -> quoted(asks.question());
            case "arguments" -> {
              var all = new TreeMap<String, Value>();
              asks.arguments().forEach((name, value) -> all.put(name, Value.text(value)));
              yield CanonicalJson.write(new Fields(all));
            }
            case "asOf" -> quoted(asks.asOf().map(Object::toString).orElse(""));
            default -> asks;
          };
      case Reading.Lost lost ->
          switch (key) {
            case "lost" -> "true";
            case "unclear" -> CanonicalJson.write(Value.texts(lost.unclear()));
            default -> lost;
          };
    };
  }

  private static String quoted(String text) {
    return CanonicalJson.write(Value.text(text));
  }

  private static Object draft(String key, Value expected, Reading.Wanted wanted) {
    Draft draft = wanted.draft();
    return switch (key) {
      case "count" -> count(draft, (Fields) expected);
      case "only" -> count(draft, Fields.EMPTY);
      case "names" -> names(draft);
      case "contains" -> {
        var all = names(draft);
        all.retainAll(sorted(expected));
        yield all;
      }
      case "each" -> each(draft, (Fields) expected);
      case "args" -> arguments(draft, (Fields) expected);
      case "types" -> types(draft, (Fields) expected);
      case "properties" -> properties(draft, (Fields) expected);
      case "env" -> quoted(draft.environment().orElse(""));
      case "region" -> quoted(draft.place().region().orElse(""));
      case "account" -> quoted(draft.place().account().orElse(""));
      case "family" -> quoted(family(draft));
      case "cheapest" -> String.valueOf(draft.place().cheapest());
      case "cap" -> quoted(draft.cap().map(Expectation::cap).orElse(""));
      case "rollback" -> String.valueOf(draft.rollback());
      case "chatDown" ->
          quoted(draft.whenChatIsDown().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse(""));
      case "tags" -> {
        var all = new TreeMap<String, Value>();
        draft.tags().forEach((name, value) -> all.put(name, Value.text(value)));
        yield CanonicalJson.write(new Fields(all));
      }
      case "removes" -> {
        var all = new TreeSet<String>();
        draft.wants().stream()
            .filter(Want.Remove.class::isInstance)
            .forEach(w -> all.add(((Want.Remove) w).at().name()));
        yield all;
      }
      case "alters" -> alters(draft);
      case "invokes" -> invokes(draft);
      case "wantRegion" -> regions(draft, (Fields) expected);
      case "wantAccount" -> accounts(draft, (Fields) expected);
      case "anyPorts" -> any(draft, "ports");
      case "anySource" -> any(draft, "source");
      case "suggests" -> quoted(wanted.suggestion().orElse(""));
      case "noted" ->
          quoted(
              wanted.notes().stream().anyMatch(n -> n.contains(((Text) expected).text()))
                  ? ((Text) expected).text()
                  : wanted.notes().toString());
      default -> wanted.draft();
    };
  }

  private static String count(Draft draft, Fields expected) {
    var counts = new TreeMap<String, Integer>();
    for (Want want : draft.wants()) {
      if (want instanceof Want.Make(_, Want.OfService(var service, _), _)
          && (expected.isEmpty() || expected.get(service).isPresent())) {
        counts.merge(service, 1, Integer::sum);
      }
    }
    var all = new TreeMap<String, Value>();
    counts.forEach((service, number) -> all.put(service, Value.num(number)));
    return CanonicalJson.write(new Fields(all));
  }

  private static TreeSet<String> names(Draft draft) {
    var all = new TreeSet<String>();
    draft.wants().stream()
        .filter(Want.Make.class::isInstance)
        .forEach(w -> all.add(((Want.Make) w).name()));
    return all;
  }

  /** For each service, the arguments that all its makes share, of those that are expected. */
  private static String each(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .forEach(
            (service, arguments) -> {
              Fields shared = Fields.EMPTY;
              for (String name : ((Fields) arguments).fields().keySet()) {
                List<Value> values =
                    draft.wants().stream()
                        .filter(
                            w ->
                                w instanceof Want.Make(_, Want.OfService(var own, _), _)
                                    && own.equals(service))
                        .map(
                            w ->
                                ((Want.OfService) ((Want.Make) w).what())
                                    .arguments()
                                    .get(name)
                                    .orElse(Value.NULL))
                        .distinct()
                        .toList();
                shared =
                    shared.with(name, values.size() == 1 ? values.getFirst() : new Items(values));
              }
              all.put(service, shared);
            });
    return CanonicalJson.write(new Fields(all));
  }

  private static String arguments(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .forEach(
            (name, arguments) -> {
              Fields own =
                  make(draft, name)
                      .filter(m -> m.what() instanceof Want.OfService)
                      .map(m -> ((Want.OfService) m.what()).arguments())
                      .orElse(Fields.EMPTY);
              Fields picked = Fields.EMPTY;
              for (String argument : ((Fields) arguments).fields().keySet()) {
                picked = picked.with(argument, own.get(argument).orElse(Value.NULL));
              }
              all.put(name, picked);
            });
    return CanonicalJson.write(new Fields(all));
  }

  private static Optional<Want.Make> make(Draft draft, String name) {
    return draft.wants().stream()
        .filter(w -> w instanceof Want.Make make && make.name().equals(name))
        .map(Want.Make.class::cast)
        .findFirst();
  }

  private static String types(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .keySet()
        .forEach(
            name ->
                all.put(
                    name,
                    Value.text(
                        make(draft, name)
                            .map(
                                m ->
                                    m.what() instanceof Want.OfType(var type, _)
                                        ? type.toString()
                                        : "no type")
                            .orElse("none"))));
    return CanonicalJson.write(new Fields(all));
  }

  private static String properties(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .keySet()
        .forEach(
            name ->
                all.put(
                    name,
                    make(draft, name)
                        .map(
                            m ->
                                m.what() instanceof Want.OfType(_, var properties)
                                    ? properties
                                    : Value.NULL)
                        .orElse(Value.NULL)));
    return CanonicalJson.write(new Fields(all));
  }

  private static String family(Draft draft) {
    String account = draft.place().account().orElse("");
    return draft
        .place()
        .family()
        .orElse(account.contains("-") ? account.substring(0, account.indexOf('-')) : account);
  }

  private static String cap(Cap cap) {
    return cap.amount().amount().toPlainString()
        + " "
        + cap.amount().currency()
        + "/"
        + cap.period().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String alters(Draft draft) {
    var all = new TreeMap<String, Value>();
    for (Want want : draft.wants()) {
      if (want instanceof Want.Alter(var at, var arguments, var region)) {
        all.put(
            at.name(), region.map(r -> arguments.with("region", Value.text(r))).orElse(arguments));
      }
    }
    return CanonicalJson.write(new Fields(all));
  }

  private static String invokes(Draft draft) {
    var all = new TreeMap<String, Value>();
    for (Want want : draft.wants()) {
      if (want instanceof Want.Invoke(var at, var operation, _)) {
        all.put(at.name(), Value.text(operation));
      }
    }
    return CanonicalJson.write(new Fields(all));
  }

  private static String regions(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .keySet()
        .forEach(
            name ->
                all.put(
                    name,
                    Value.text(make(draft, name).flatMap(m -> m.place().region()).orElse(""))));
    return CanonicalJson.write(new Fields(all));
  }

  private static String accounts(Draft draft, Fields expected) {
    var all = new TreeMap<String, Value>();
    expected
        .fields()
        .keySet()
        .forEach(
            name ->
                all.put(
                    name,
                    Value.text(make(draft, name).flatMap(m -> m.place().account()).orElse(""))));
    return CanonicalJson.write(new Fields(all));
  }

  private static String any(Draft draft, String argument) {
    for (Want want : draft.wants()) {
      if (want instanceof Want.Make(_, Want.OfService(_, var arguments), _)
          && arguments.get(argument).isPresent()) {
        return CanonicalJson.write(arguments.get(argument).get());
      }
    }
    return "none";
  }

  /** Whether it expects nothing that could fail. */
  boolean isEmpty() {
    return wanted.isEmpty();
  }

  static Map<String, Value> of(Fields fields) {
    return fields.fields();
  }

  static boolean truth(Optional<Value> value) {
    return value.filter(new Bool(true)::equals).isPresent();
  }

  static int number(Value value) {
    return value instanceof Num(var number) ? number.intValue() : 0;
  }
}
