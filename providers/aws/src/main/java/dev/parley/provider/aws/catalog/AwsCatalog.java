package dev.parley.provider.aws.catalog;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.CatalogSearch;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.aws.account.Clients;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of an AWS account: schemas that were taken in by hand, a folder of the vendor's
 * schemas, and the account's own registry, in this order; a version that the registry published
 * after one was taken in comes before it. No type is named in here.
 *
 * <p>Names come first, a schema is read when its type is used. What was read once is kept by
 * content in the account's folder and stands while its source can't be reached. Nothing is read
 * when this is built.
 */
public final class AwsCatalog implements Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(AwsCatalog.class);

  /** How long a look at the sources holds. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** A type and where it comes from, best first. */
  private record Choice(Layer layer, Entry entry) {}

  /** What is known at a time. */
  private record Known(
      SortedMap<String, List<Choice>> types,
      List<ResourceType> names,
      String revision,
      CatalogSearch search,
      List<Offering> offerings,
      List<String> warnings,
      Instant looked) {
    Known at(Instant now, List<String> warned) {
      return new Known(types, names, revision, search, offerings, warned, now);
    }
  }

  private final String account;
  private final String region;
  private final Clock clock;
  private final List<Offering> offerings;
  private final Documents documents;
  private final TakenLayer taken;
  private final Optional<RegistryLayer> registry;
  private final List<Layer> layers;
  private final Duration look;
  private final Parsed parsed = new Parsed();
  private final Set<String> toldOf = ConcurrentHashMap.newKeySet();
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Optional<Known> known = Optional.empty();

  /**
   * Of an account in a region.
   *
   * @param folder the account's own, for what was read
   * @param offerings the everyday services of the family; those whose types are known are offered
   * @param account its id, for messages
   */
  public AwsCatalog(
      CatalogSource source,
      Clients clients,
      String region,
      Path folder,
      Clock clock,
      List<Offering> offerings,
      String account) {
    this.account = account;
    this.region = region;
    this.clock = clock;
    this.offerings = List.copyOf(offerings);
    this.documents = new Documents(folder);
    var notes = new Notes(documents);
    this.taken = new TakenLayer(notes);
    this.registry =
        source.live()
            ? Optional.of(
                new RegistryLayer(
                    clients, region, account, source.fresh(), clock, documents, notes))
            : Optional.empty();
    var layers = new ArrayList<Layer>();
    layers.add(taken);
    source.folder().ifPresent(at -> layers.add(new FolderLayer(at, region, documents, notes)));
    registry.ifPresent(layers::add);
    this.layers = List.copyOf(layers);
    this.look = source.fresh().compareTo(LOOK) < 0 ? source.fresh() : LOOK;
  }

  @Override
  public String revision() {
    return known().revision();
  }

  @Override
  public String revision(Set<ResourceType> types) {
    var lines = new StringBuilder();
    for (ResourceType type : new TreeSet<>(types)) {
      lines.append(type).append(' ').append(sha(known(), type.name()).orElse("-")).append('\n');
    }
    return Digest.ofText(lines.toString()).hex();
  }

  @Override
  public List<ResourceType> types() {
    return known().names();
  }

  @Override
  public Optional<TypeSchema> describe(ResourceType type) {
    return type(type).map(AwsType::schema);
  }

  /** A type with all that its provider needs, if the catalog knows it. */
  public Optional<AwsType> type(ResourceType type) {
    if (!type.family().equals(RegistryForm.FAMILY)) {
      return Optional.empty();
    }
    for (Choice choice : known().types().getOrDefault(type.name(), List.of())) {
      Optional<AwsType> read =
          choice.layer().schema(type.name(), choice.entry()).flatMap(sha -> read(choice, sha));
      if (read.isPresent()) {
        return read;
      }
    }
    return Optional.empty();
  }

  @Override
  public List<ResourceType> search(String words, int limit) {
    return known().search().best(words, limit);
  }

  @Override
  public List<Offering> offerings() {
    return known().offerings();
  }

  @Override
  public Difference refresh() {
    Known before = known();
    SortedMap<String, String> old = held(before);
    var warnings = new ArrayList<String>();
    Known after = lookAgain(true);
    warnings.addAll(after.warnings());
    return difference(before, old, after, warnings);
  }

  @Override
  public Difference take(Path from) {
    Known before = knownAtLeast();
    SortedMap<String, String> old = held(before);
    var problems = new ArrayList<Problem>();
    var types = new TreeMap<String, TakenLayer.Taken>();
    Instant now = clock.instant();
    for (SchemaFiles.Piece piece : SchemaFiles.in(from, region)) {
      try {
        String text = piece.text().read();
        AwsType type = parsed.read(piece.name(), text);
        var one =
            new TakenLayer.Taken(
                documents.keep(text), now, type.schema().description(), piece.name());
        if (types.putIfAbsent(type.schema().type().name(), one) != null) {
          problems.add(
              new Problem(
                  piece.name(),
                  type.schema().type().name(),
                  "it stands in another file too; the first counts",
                  "leave one"));
        }
      } catch (Invalid e) {
        problems.addAll(e.problems());
      } catch (IOException e) {
        problems.add(
            new Problem(
                piece.name(), "a file", String.valueOf(e.getMessage()), "make it readable"));
      }
    }
    if (types.isEmpty()) {
      throw nothing(from, problems);
    }
    taken.add(types);
    LOG.info("account {}: {} types taken in from {}", account, types.size(), from.getFileName());
    Known after = lookAgain(false);
    return difference(before, old, after, problems.stream().map(Problem::toString).toList());
  }

  private static Invalid nothing(Path from, List<Problem> problems) {
    return problems.isEmpty()
        ? new Invalid(
            new Problem(
                from.toString(),
                "no schemas",
                "nothing in there is a file of JSON",
                "give schemas in the form of CloudFormation's registry"))
        : new Invalid(problems);
  }

  private Optional<AwsType> read(Choice choice, String sha) {
    try {
      return documents.text(sha).map(text -> parsed.of(choice.entry().source(), sha, text));
    } catch (Invalid e) {
      if (toldOf.add(sha)) {
        LOG.warn(
            "account {}: {} is left out: {}", account, choice.entry().source(), e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** The schemas that are at hand without asking anybody. */
  private SortedMap<String, String> held(Known at) {
    var held = new TreeMap<String, String>();
    at.types()
        .forEach(
            (name, choices) -> {
              Choice first = choices.getFirst();
              first
                  .entry()
                  .sha()
                  .or(() -> registry.flatMap(layer -> layer.known(name)))
                  .ifPresent(sha -> held.put(name, sha));
            });
    return held;
  }

  private Optional<String> sha(Known at, String name) {
    for (Choice choice : at.types().getOrDefault(name, List.of())) {
      Optional<String> sha = choice.layer().schema(name, choice.entry());
      if (sha.isPresent()) {
        return sha;
      }
    }
    return Optional.empty();
  }

  private Difference difference(
      Known before, Map<String, String> old, Known after, List<String> warnings) {
    var added = new ArrayList<>(after.names());
    added.removeAll(Set.copyOf(before.names()));
    var removed = new ArrayList<>(before.names());
    removed.removeAll(Set.copyOf(after.names()));
    var changed = new TreeMap<ResourceType, List<String>>();
    var told = new ArrayList<>(warnings);
    before
        .types()
        .forEach(
            (name, choices) -> {
              List<Choice> now = after.types().getOrDefault(name, List.of());
              if (!now.isEmpty()
                  && !now.getFirst().entry().mark().equals(choices.getFirst().entry().mark())) {
                lines(name, now.getFirst(), Optional.ofNullable(old.get(name)), after, told)
                    .ifPresent(
                        lines -> changed.put(new ResourceType(RegistryForm.FAMILY, name), lines));
              }
            });
    return new Difference(before.revision(), after.revision(), added, removed, changed, told);
  }

  private Optional<List<String>> lines(
      String name, Choice now, Optional<String> old, Known after, List<String> warnings) {
    if (old.isEmpty()) {
      return Optional.of(List.of("another version: " + now.entry().mark()));
    }
    try {
      Optional<String> sha = sha(after, name);
      if (sha.equals(old)) {
        return Optional.empty();
      }
      Optional<AwsType> was =
          documents.text(old.get()).map(text -> parsed.of(name, old.get(), text));
      Optional<AwsType> is =
          sha.flatMap(
              at -> documents.text(at).map(text -> parsed.of(now.entry().source(), at, text)));
      return was.isPresent() && is.isPresent()
          ? Optional.of(Differences.between(was.get(), is.get()))
          : Optional.of(List.of("another version: " + now.entry().mark()));
    } catch (Invalid e) {
      warnings.add(e.getMessage());
      return Optional.of(List.of("it can't be read any more"));
    } catch (ProviderException e) {
      warnings.add(name + ": " + e.getMessage());
      return Optional.of(List.of("another version: " + now.entry().mark()));
    }
  }

  /** What is known, be it nothing: a registry that can't be reached is no reason to refuse help. */
  private Known knownAtLeast() {
    try {
      return known();
    } catch (ProviderException e) {
      return assemble(new TreeMap<>(), List.of());
    }
  }

  private Known known() {
    Optional<Known> now = known;
    if (now.isPresent() && now.get().looked().plus(look).isAfter(clock.instant())) {
      return now.get();
    }
    return lookAgain(false);
  }

  private Known lookAgain(boolean anew) {
    looking.lock();
    try {
      var warnings = new ArrayList<String>();
      var types = new TreeMap<String, List<Choice>>();
      for (Layer layer : layers) {
        layer
            .look(anew, warnings)
            .forEach(
                (name, entry) ->
                    types
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(new Choice(layer, entry)));
      }
      types.values().forEach(this::rank);
      if (types.isEmpty()) {
        registry
            .flatMap(RegistryLayer::trouble)
            .ifPresent(
                e -> {
                  throw e;
                });
      }
      warnings.stream().filter(toldOf::add).forEach(w -> LOG.warn("account {}: {}", account, w));
      Known fresh = assemble(types, warnings);
      known = Optional.of(fresh);
      return fresh;
    } finally {
      looking.unlock();
    }
  }

  /** What the registry published after somebody took a schema in comes before it. */
  private void rank(List<Choice> choices) {
    if (choices.size() > 1
        && choices.getFirst().layer() == taken
        && choices.getLast().entry().since().isAfter(choices.getFirst().entry().since())) {
      choices.add(choices.removeFirst());
      Collections.rotate(choices.subList(0, choices.size() - 1), 1);
    }
  }

  private Known assemble(SortedMap<String, List<Choice>> types, List<String> warnings) {
    var lines = new StringBuilder();
    types.forEach(
        (name, choices) ->
            lines.append(name).append(' ').append(choices.getFirst().entry().mark()).append('\n'));
    String revision = Digest.ofText(lines.toString()).hex();
    Instant now = clock.instant();
    Optional<Known> before = known.filter(one -> one.revision().equals(revision));
    if (before.isPresent()) {
      return before.get().at(now, warnings);
    }
    List<ResourceType> names =
        types.keySet().stream().map(name -> new ResourceType(RegistryForm.FAMILY, name)).toList();
    List<Offering> offered =
        offerings.stream()
            .filter(
                offering ->
                    offering.parts().stream()
                        .allMatch(part -> types.containsKey(part.type().name())))
            .toList();
    var spoken = new ArrayList<CatalogSearch.Spoken>();
    types.forEach(
        (name, choices) ->
            spoken.add(
                new CatalogSearch.Spoken(
                    new ResourceType(RegistryForm.FAMILY, name),
                    Overlay.shipped().of(name).title().orElse(RegistryForm.title(name)),
                    choices.getFirst().entry().description())));
    return new Known(
        types, names, revision, new CatalogSearch(spoken, offered), offered, warnings, now);
  }
}
