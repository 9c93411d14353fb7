package dev.parley.bot.assistant.lexicon;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Service;
import dev.parley.bot.assistant.text.Names;
import dev.parley.bot.assistant.text.Spelling;
import dev.parley.catalog.Offering;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words for services: the shipped ones and the catalogs' own. */
public final class ServiceWords {
  private static final Fields DATA = Data.read("services.yaml");
  private static final Fields QUALITIES = Data.read("qualities.yaml");
  private static final Map<String, String> BASES = new LinkedHashMap<>();
  private static final List<String> ORDER = new ArrayList<>();
  private static final Set<String> CARRIERS =
      new HashSet<>(Data.texts(DATA.get("carriers").orElse(Value.NULL)));
  private static final Set<String> KINDS =
      new HashSet<>(Data.texts(DATA.get("kinds").orElse(Value.NULL)));

  static {
    for (Value entry : DATA.itemsAt("services")) {
      Fields about = (Fields) entry;
      about
          .text("service")
          .ifPresent(
              service -> {
                BASES.put(service, about.text("name").orElse(service));
                ORDER.add(service);
              });
    }
  }

  private ServiceWords() {}

  /** What one of a service is named when nobody names it. */
  public static String base(String service) {
    return BASES.getOrDefault(service, Names.of(service));
  }

  /** Where a service stands in a list of wants. */
  public static int rank(String service) {
    int index = ORDER.indexOf(service);
    return index < 0 ? ORDER.size() : index;
  }

  /** Whether a noun behind software only says that it runs somewhere. */
  public static boolean carries(String noun) {
    String word = noun.toLowerCase(java.util.Locale.ROOT);
    return CARRIERS.contains(word)
        || word.endsWith("s") && CARRIERS.contains(word.substring(0, word.length() - 1));
  }

  /** Adds every word for what these catalogs offer; a word keeps its first meaning. */
  static void addTo(Phrases phrases, Services services) {
    software(phrases);
    for (Value entry : DATA.itemsAt("services")) {
      Fields about = (Fields) entry;
      String service = about.text("service").orElse("");
      Data.texts(about.get("words").orElse(Value.NULL))
          .forEach(word -> noun(phrases, service, word, base(service)));
    }
    DATA.fieldsAt("kindsOf")
        .fields()
        .forEach(
            (service, nouns) -> {
              for (String noun : Data.texts(nouns)) {
                KINDS.forEach(kind -> noun(phrases, service, kind + " " + noun, Names.of(kind)));
              }
            });
    for (String service : services.names()) {
      for (Offering offering : services.offerings(service)) {
        noun(phrases, service, service.replace('-', ' '), base(service));
        offering.words().forEach(word -> noun(phrases, service, word, baseOf(service, word)));
        offering.sizes().forEach(size -> size(phrases, service, size.sku()));
      }
    }
    for (String service : services.names()) {
      for (Offering offering : services.offerings(service)) {
        offering
            .variants()
            .forEach(
                (word, arguments) ->
                    once(phrases, word, new Service(service, base(service), arguments, false)));
      }
    }
    for (Value entry : QUALITIES.itemsAt("qualities")) {
      Fields about = (Fields) entry;
      List<Fields> options =
          about.itemsAt("options").stream()
              .filter(Fields.class::isInstance)
              .map(Fields.class::cast)
              .toList();
      Data.texts(about.get("words").orElse(Value.NULL))
          .forEach(word -> phrases.add(word, new Quality(options, Set.of())));
    }
  }

  private static void software(Phrases phrases) {
    for (Value entry : DATA.itemsAt("software")) {
      Fields about = (Fields) entry;
      String service = about.text("service").orElse("");
      var concept = new Service(service, base(service), about.fieldsAt("arguments"), false);
      about.text("word").ifPresent(word -> once(phrases, word, concept));
      Data.texts(about.get("also").orElse(Value.NULL))
          .forEach(word -> once(phrases, word, concept));
    }
  }

  private static String baseOf(String service, String word) {
    int space = word.indexOf(' ');
    return space > 0
            && KINDS.contains(word.substring(0, space))
            && word.substring(space + 1).indexOf(' ') < 0
        ? kindOrBase(service, word.substring(0, space))
        : base(service);
  }

  private static String kindOrBase(String service, String kind) {
    return DATA.fieldsAt("kindsOf").fields().containsKey(service) ? Names.of(kind) : base(service);
  }

  private static void noun(Phrases phrases, String service, String word, String base) {
    int space = word.indexOf(' ');
    boolean ofFamily =
        space > 0
            && Idioms.phrases().of(word.substring(0, space)).stream()
                .anyMatch(Family.class::isInstance);
    if (ofFamily) {
      return; // "azure vm": the family is said by its own word
    }
    Fields arguments =
        phrases.of(space < 0 ? word : word.substring(0, space)).stream()
            .filter(
                c ->
                    c instanceof Service software
                        && !software.noun()
                        && software.service().equals(service))
            .map(c -> ((Service) c).arguments())
            .findFirst()
            .orElse(Fields.EMPTY);
    var concept = new Service(service, base, arguments, true);
    once(phrases, word, concept);
    Spelling.plurals(word).forEach(plural -> once(phrases, plural, concept));
  }

  private static void size(Phrases phrases, String service, String sku) {
    Fields argument = Fields.of("size", Value.text(sku));
    var services = new HashSet<>(Set.of(service));
    for (Concept other : phrases.of(sku)) {
      if (other instanceof Quality quality && quality.options().contains(argument)) {
        services.addAll(quality.services());
      }
    }
    phrases.set(sku, new Quality(List.of(argument), services));
  }

  private static void once(Phrases phrases, String word, Service concept) {
    if (phrases.of(word).stream().noneMatch(Service.class::isInstance)) {
      phrases.add(word, concept);
    }
  }
}
