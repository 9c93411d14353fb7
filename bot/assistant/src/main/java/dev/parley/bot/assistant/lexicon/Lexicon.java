package dev.parley.bot.assistant.lexicon;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.AccountId;
import dev.parley.bot.assistant.concept.Concept.BlueprintName;
import dev.parley.bot.assistant.concept.Concept.Environment;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Known;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Region;
import dev.parley.bot.assistant.concept.Concept.TypeName;
import dev.parley.bot.assistant.text.Spelling;
import dev.parley.bot.assistant.text.Token;
import dev.parley.catalog.Catalog;
import dev.parley.identity.Account;
import dev.parley.plan.Conversation;
import dev.parley.plan.Want;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every word with a meaning in one conversation. */
public final class Lexicon {
  private final Services services;
  private final Phrases phrases;
  private final Vocabulary vocabulary;
  private final Map<String, Concept> names = new HashMap<>();
  private final Map<String, Set<String>> regions = new HashMap<>();
  private final Set<String> drafted = new HashSet<>();

  private Lexicon(Shared shared, Conversation conversation) {
    services = shared.services();
    phrases = shared.phrases();
    vocabulary = shared.vocabulary();
    for (Account account : conversation.accounts()) {
      names.put(key(account.id()), new AccountId(account.id()));
      names.putIfAbsent(key(account.environment()), new Environment(account.environment()));
      names.putIfAbsent(key(account.family()), new Family(account.family()));
      region(account.family(), account.region());
      account.regions().forEach(region -> region(account.family(), region));
    }
    conversation.tracked().forEach(tracked -> known(tracked.at().name(), tracked.at().toString()));
    conversation.current().ifPresent(draft -> draft.wants().forEach(this::wanted));
    conversation
        .blueprints()
        .forEach(
            blueprint ->
                names.putIfAbsent(key(blueprint.name()), new BlueprintName(blueprint.name())));
  }

  /** What catalogs of one revision share: made once, used by every message. */
  public record Shared(Services services, Phrases phrases, Vocabulary vocabulary) {
    /** Of a conversation's catalogs. */
    public static Shared of(Conversation conversation) {
      var catalogs = new ArrayList<Catalog>();
      for (Account account : conversation.accounts()) {
        var catalog = conversation.catalogs().get(account.id());
        if (catalog != null
            && catalogs.stream().noneMatch(other -> other.revision().equals(catalog.revision()))) {
          catalogs.add(catalog);
        }
      }
      var services = new Services(catalogs);
      var phrases = new Phrases();
      ServiceWords.addTo(phrases, services);
      var vocabulary = Vocabulary.of(phrases, Idioms.phrases(), Atlas.phrases());
      phrases.addAll(Idioms.phrases());
      phrases.addAll(Atlas.phrases());
      return new Shared(services, phrases, vocabulary);
    }
  }

  /** The words of a conversation. */
  public static Lexicon of(Shared shared, Conversation conversation) {
    return new Lexicon(shared, conversation);
  }

  private void region(String family, String code) {
    regions.computeIfAbsent(key(code), _ -> new HashSet<>()).add(family);
  }

  private void wanted(Want want) {
    if (want instanceof Want.Make make) {
      known(make.name(), make.name());
      if (make.what() instanceof Want.OfService(var service, _)) {
        drafted.add(service);
      }
    }
  }

  private void known(String name, String address) {
    names.put(key(name), new Known(name));
    names.put(key(address), new Known(address));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The services of the thread's draft. */
  public Set<String> drafted() {
    return Set.copyOf(drafted);
  }

  public Services services() {
    return services;
  }

  /** The longest phrase at a token. */
  public Optional<Phrases.Match> phrase(List<Token> tokens, int i) {
    return phrases.at(tokens, i);
  }

  /** What a phrase can mean. */
  public List<Concept> meanings(String phrase) {
    return phrases.of(phrase);
  }

  /** Whether a phrase is a verb or an operation. */
  public boolean acts(String phrase) {
    return phrases.of(phrase).stream()
        .anyMatch(c -> c instanceof Concept.Verb || c instanceof Concept.Calling);
  }

  /** Something that bears this name: a resource, an account, a blueprint. */
  public Optional<Concept> named(String name) {
    return Optional.ofNullable(names.get(key(name)));
  }

  /** A single word that says what it is by its looks: a region, a size, a type. */
  public Optional<Concept> shaped(String word) {
    String key = key(word);
    Set<String> families = regions.get(key);
    if (families != null) {
      return Optional.of(new Region(key, families));
    }
    Optional<Region> region = Atlas.region(key);
    if (region.isPresent()) {
      return region.map(Concept.class::cast);
    }
    if (Skus.looks(word)) {
      return Optional.of(
          new Quality(List.of(Fields.of("size", Value.text(word))), services.soldLike(word)));
    }
    return type(word).map(TypeName::new);
  }

  /** A catalog type by name; one that no catalog has is taken by its looks. */
  public Optional<ResourceType> type(String word) {
    Optional<ResourceType> known = services.type(word);
    if (known.isPresent()) {
      return known;
    }
    if (word.length() > 200) {
      return Optional.empty();
    }
    int colon = word.indexOf(':');
    boolean prefixed =
        colon > 0
            && !word.startsWith("::", colon)
            && word.substring(0, colon).matches("[a-z][a-z0-9-]{1,30}");
    if (prefixed
        && names.get(word.substring(0, colon)) instanceof Family(var family)
        && colon + 1 < word.length()) {
      return Optional.of(new ResourceType(family, word.substring(colon + 1)));
    }
    if (word.matches("[A-Z]\\w{1,60}::\\w{1,60}(::\\w{1,60})?")) {
      return Optional.of(new ResourceType("aws", word));
    }
    if (word.matches("Microsoft\\.\\w{1,60}(/\\w{1,80}){1,5}(@[0-9a-z-]{1,30})?")) {
      return Optional.of(new ResourceType("azure", word));
    }
    if (word.matches("\\w{1,60}\\.googleapis\\.com/\\w{1,60}")) {
      return Optional.of(new ResourceType("gcp", word));
    }
    return Optional.empty();
  }

  /** The known word that a misspelt one most likely is. */
  public Optional<String> meant(String word) {
    return names.containsKey(word) ? Optional.empty() : vocabulary.meant(word);
  }

  /** Whether a word occurs in any phrase. */
  public boolean knows(String word) {
    return vocabulary.knows(word) || names.containsKey(word);
  }

  /** Words long enough that a slip of the finger still shows what was meant. */
  public static final class Vocabulary {
    private static final int LONG = 6;
    private final Set<String> all = new HashSet<>();
    private final Map<Integer, List<String>> mendable = new HashMap<>();

    static Vocabulary of(Phrases services, Phrases idioms, Phrases atlas) {
      var vocabulary = new Vocabulary();
      for (String word : services.allWords()) {
        vocabulary.all.add(word);
        vocabulary.mend(word);
      }
      for (String word : atlas.allWords()) {
        vocabulary.all.add(word);
        vocabulary.mend(word);
      }
      vocabulary.all.addAll(idioms.allWords());
      List.of("development", "staging", "production", "cheapest", "rollback", "delete", "create")
          .forEach(vocabulary::mend);
      return vocabulary;
    }

    private void mend(String word) {
      if (word.length() >= LONG && word.chars().allMatch(Character::isLetter)) {
        mendable.computeIfAbsent(word.length(), _ -> new ArrayList<>()).add(word);
      }
    }

    boolean knows(String word) {
      return all.contains(word);
    }

    Optional<String> meant(String word) {
      if (word.length() < LONG - 1 || word.length() > 30 || all.contains(word)) {
        return Optional.empty();
      }
      for (int length = Math.max(LONG, word.length() - 1); length <= word.length() + 1; length++) {
        for (String known : mendable.getOrDefault(length, List.of())) {
          boolean inflected = known.equals(word + "s") || word.equals(known + "s");
          if (!inflected && Spelling.oneSlip(word, known)) {
            return Optional.of(known);
          }
        }
      }
      return Optional.empty();
    }
  }
}
