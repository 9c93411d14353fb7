package dev.parley.engine.resolve;

import dev.parley.catalog.SchemaError;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.Patterns;
import dev.parley.identity.Account;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Ref;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One Draft made into one plan, with every place decided. */
final class Assembly {
  private final Scene scene;
  private final Troubles troubles;
  private final Map<Address, Piece> pieces;
  private final Map<Address, Fields> desired = new LinkedHashMap<>();
  private final Map<Address, Set<Address>> edges = new HashMap<>();
  private final Map<Address, List<Uses.Use>> literal = new HashMap<>();
  private final Map<Address, Change> changes = new LinkedHashMap<>();
  private final Map<Address, Set<Address>> needs = new HashMap<>();
  private final Map<Address, String> drawn = new TreeMap<>();
  private final Optional<Uses> uses;

  /**
   * With each Make's target.
   *
   * @param along resources that nobody spoke of, which follow something that is replaced, and the
   *     region each shall be in
   */
  Assembly(
      Scene scene,
      Troubles troubles,
      Map<Integer, Target> targets,
      TypeNames types,
      Map<Address, String> along) {
    this.scene = scene;
    this.troubles = troubles;
    this.pieces = new Pieces(scene, troubles, targets, types).all();
    this.uses = scene.wish().tracked().isEmpty() ? Optional.empty() : Optional.of(new Uses(scene));
    along.forEach(this::drawIn);
  }

  private void drawIn(Address at, String region) {
    scene
        .account(at.account())
        .flatMap(scene::quietly)
        .ifPresent(
            spot ->
                spot.schema(at.type())
                    .ifPresent(
                        type -> {
                          var piece =
                              new Piece.Wanted(
                                  at,
                                  spot,
                                  at.toString(),
                                  type,
                                  region,
                                  Fields.EMPTY,
                                  Optional.of(Set.of()),
                                  true);
                          if (pieces.putIfAbsent(at, piece) == null) {
                            troubles.warning(
                                at.toString(),
                                "it is part of the plan",
                                "it uses something that becomes another, and follows it",
                                "nothing, if that is wanted");
                          }
                        }));
  }

  /** Resources outside the plan that would be left pointing at something that becomes another. */
  Map<Address, String> drawn() {
    return drawn;
  }

  /** The plan; empty if there are problems. */
  Optional<Plan> plan(String rules, String prices, Instant now, Duration lifetime) {
    look();
    want();
    List<Address> order = order();
    if (troubles.any()) {
      return Optional.empty();
    }
    order.forEach(this::change);
    removeAndCall();
    dependOnTargets();
    dependOnUsers();
    return troubles.any() ? Optional.empty() : Optional.of(sealed(rules, prices, now, lifetime));
  }

  /** Reads what is there now. */
  private void look() {
    List<Tracked> there =
        pieces.keySet().stream().map(scene::tracked).flatMap(Optional::stream).toList();
    scene.priors().read(there);
    for (Piece piece : pieces.values()) {
      Optional<String> trouble = scene.priors().trouble(piece.at());
      if (trouble.isPresent()) {
        troubles.problem(
            piece.where(),
            piece.at().toString(),
            "it can't be read now: " + trouble.get(),
            "try again when the account answers");
      } else if (scene.tracked(piece.at()).isPresent() && scene.priors().at(piece.at()).isEmpty()) {
        gone(piece);
      }
    }
  }

  private void gone(Piece piece) {
    switch (piece) {
      case Piece.Wanted _ ->
          troubles.warning(
              piece.where(),
              piece.at().toString(),
              "it is gone from the cloud; it is made anew",
              "remove it instead if that is not wanted");
      case Piece.Unwanted _ ->
          troubles.warning(
              piece.where(),
              piece.at().toString(),
              "it is gone from the cloud already",
              "nothing is left to delete but our record of it");
      case Piece.Operated _ -> {}
      case Piece.Called _ ->
          troubles.problem(
              piece.where(),
              piece.at().toString(),
              "it is gone from the cloud",
              "make it again first");
    }
  }

  /** What each shall look like, references bound, checked against its schema. */
  private void want() {
    var desires = new Desires(scene);
    var references = new References(scene, troubles, pieces);
    var outside = new LinkedHashSet<Tracked>();
    for (Piece piece : pieces.values()) {
      if (!(piece instanceof Piece.Wanted wanted)) {
        continue;
      }
      Optional<Resource> prior = scene.priors().at(wanted.at());
      References.Bound bound = references.bind(wanted, desires.of(wanted, prior));
      desired.put(wanted.at(), bound.properties());
      Set<Address> targets = new HashSet<>();
      for (Address target : bound.targets()) {
        if (pieces.get(target) instanceof Piece.Wanted) {
          targets.add(target);
        } else {
          scene.tracked(target).ifPresent(outside::add);
        }
      }
      List<Uses.Use> used = uses.map(u -> u.of(wanted.at(), bound.properties())).orElse(List.of());
      for (Uses.Use use : used) {
        if (pieces.get(use.to()) instanceof Piece.Wanted) {
          targets.add(use.to());
          literal.computeIfAbsent(wanted.at(), _ -> new ArrayList<>()).add(use);
        }
      }
      edges.put(wanted.at(), targets);
      check(wanted, bound.properties(), prior);
    }
    scene.priors().read(outside);
    for (Tracked each : outside) {
      if (scene.priors().at(each.at()).isEmpty()) {
        String why =
            scene
                .priors()
                .trouble(each.at())
                .map(t -> "it can't be read now: " + t)
                .orElse("it is gone from the cloud");
        troubles.problem(
            each.at().toString(),
            "something in the request refers to it",
            why,
            "make it again in the same request, or refer to another resource");
      }
    }
  }

  private void check(Piece.Wanted wanted, Fields properties, Optional<Resource> prior) {
    for (SchemaError error : wanted.spot().provider().validate(wanted.type().type(), properties)) {
      if (prior.isPresent()
          && error.path().in(properties).equals(error.path().in(prior.get().properties()))) {
        continue; // the provider itself shows it so
      }
      String where = wanted.at() + "#" + error.path();
      switch (error.grade()) {
        case ERROR -> troubles.problem(where, error.what(), error.why(), error.next());
        case WARNING, UNKNOWN -> troubles.warning(where, error.what(), error.why(), error.next());
      }
    }
  }

  /** The wanted ones, each after what it refers to. */
  private List<Address> order() {
    var order = new Order(desired.keySet(), edges);
    List<Address> circle = order.circle();
    if (!circle.isEmpty()) {
      String way =
          String.join(" → ", circle.stream().map(Address::toString).toList())
              + " → "
              + circle.getFirst();
      troubles.problem(
          pieces.getOrDefault(circle.getFirst(), pieces.values().iterator().next()).where(),
          way,
          "they refer to one another in a circle",
          "take one of the references away");
    }
    return order.sorted();
  }

  private void change(Address at) {
    if (!(pieces.get(at) instanceof Piece.Wanted wanted)) {
      return;
    }
    Fields filled = desired.getOrDefault(at, Fields.EMPTY);
    for (Uses.Use use : literal.getOrDefault(at, List.of())) {
      if (becomesAnother(use.to())) {
        filled = use.from().set(filled, new Ref(use.to().toString(), use.output().toString()));
      }
    }
    filled = References.fill(filled, this::known);
    Optional<Resource> prior = scene.priors().at(at);
    Change change = wanted.spot().provider().plan(at, wanted.region(), filled, prior);
    if (change instanceof Change.NoOp(_, var region, var id, var was)
        && unseenChange(wanted, filled)) {
      change = new Change.Update(at, region, id, was, filled);
    }
    desired.put(at, filled);
    changes.put(at, change);
    mayReplace(wanted, change);
  }

  /** Of some properties only the provider knows whether they change in place. */
  private void mayReplace(Piece.Wanted wanted, Change change) {
    if (!(change instanceof Change.Update update) || wanted.type().mayReplace().isEmpty()) {
      return;
    }
    List<String> places =
        Differ.changed(wanted.type(), update.now(), update.was()).stream()
            .filter(place -> Patterns.anyCovers(wanted.type().mayReplace(), place))
            .map(Pointer::toString)
            .toList();
    if (!places.isEmpty()) {
      troubles.warning(
          wanted.at().toString(),
          String.join(", ", places),
          "it may be replaced: the provider changes this in place only sometimes",
          "approve it only if a new one in its place is fine");
    }
  }

  /**
   * What is never shown can't be compared with the cloud; it is compared with what was last sent.
   */
  private boolean unseenChange(Piece.Wanted wanted, Fields now) {
    Fields last = scene.wish().lastDesired().getOrDefault(wanted.at(), Fields.EMPTY);
    for (Pointer pattern : wanted.type().writeOnly()) {
      for (Pointer place : Patterns.places(pattern, now)) {
        if (!place.in(now).equals(place.in(last))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean becomesAnother(Address target) {
    return changes.get(target) instanceof Change.Create
        || changes.get(target) instanceof Change.Replace;
  }

  /** An output that the run will not change. */
  private Optional<Value> known(Address of, Pointer at) {
    if (becomesAnother(of)) {
      return Optional.empty();
    }
    Optional<Resource> there = scene.priors().at(of);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (at.segments().isEmpty()) {
      return Optional.of(Value.text(there.get().id().value()));
    }
    if (changes.get(of) instanceof Change.Update update && at.in(update.now()).isPresent()) {
      return at.in(update.now())
          .filter(value -> !value.hasHoles() && !(value instanceof Value.Secret));
    }
    return at.in(there.get().properties());
  }

  private void removeAndCall() {
    for (Piece piece : pieces.values()) {
      switch (piece) {
        case Piece.Unwanted(var at, _, _, var tracked) -> {
          Resource resource = scene.priors().at(at).orElse(tracked.resource());
          changes.put(
              at, new Change.Delete(at, resource.region(), resource.id(), resource.properties()));
        }
        case Piece.Called(var at, _, _, var tracked, var operation, var input) ->
            changes.put(
                at,
                new Change.Call(
                    at, tracked.resource().region(), tracked.resource().id(), operation, input));
        case Piece.Operated(var at, _, _, var region, var operation, var input) ->
            changes.put(
                at, new Change.Call(at, region, new ResourceId(at.account()), operation, input));
        case Piece.Wanted _ -> {}
      }
    }
  }

  /** Each comes after the changes of what it refers to. */
  private void dependOnTargets() {
    for (Address at : desired.keySet()) {
      var before = new HashSet<Address>();
      for (Address target : edges.getOrDefault(at, Set.of())) {
        if (changes.get(target) instanceof Change change && change.mutates()) {
          before.add(target);
        }
      }
      needs.put(at, before);
    }
  }

  /** Whatever goes, goes after its users have gone or have let go of it. */
  private void dependOnUsers() {
    boolean any =
        changes.values().stream()
            .anyMatch(
                change ->
                    change instanceof Change.Delete
                        || change instanceof Change.Replace
                        || change instanceof Change.Create
                            && scene.tracked(change.at()).isPresent());
    if (!any || uses.isEmpty()) {
      return;
    }
    Map<Address, Set<Address>> users = uses.get().users();
    for (Change change : List.copyOf(changes.values())) {
      Set<Address> using = users.getOrDefault(change.at(), Set.of());
      if (change instanceof Change.Delete) {
        delete(change.at(), using);
      } else if (becomesAnother(change.at())) {
        using.stream()
            .filter(user -> !changes.containsKey(user))
            .forEach(user -> draw(user, change));
      }
    }
  }

  private void draw(Address user, Change change) {
    Optional<Tracked> tracked = scene.tracked(user);
    boolean here =
        scene
            .account(user.account())
            .filter(account -> account.environment().equals(scene.environment()))
            .isPresent();
    if (tracked.isEmpty() || !here) {
      troubles.warning(
          change.at().toString(),
          "it becomes another",
          "it is used by " + user + ", which will still point at the old one",
          "mend that in a plan of its own");
      return;
    }
    Resource resource = tracked.get().resource();
    boolean inside =
        uses.stream()
            .flatMap(u -> u.of(user, resource.properties()).stream())
            .anyMatch(use -> use.to().equals(change.at()) && use.relation().equals("deployedIn"));
    boolean moves =
        change instanceof Change.Replace replace
            && !replace.region().equals(replace.fromRegion())
            && resource.region().equals(replace.fromRegion());
    drawn.put(user, inside && moves ? change.region() : resource.region());
  }

  private void delete(Address at, Set<Address> using) {
    var before = new HashSet<Address>();
    var keeping = new ArrayList<String>();
    for (Address user : using) {
      switch (Optional.ofNullable(changes.get(user)).orElse(null)) {
        case Change.Delete _ -> before.add(user);
        case Change.Update update when !stillUses(update.at(), update.now(), at) ->
            before.add(user);
        case Change.Replace replace when !stillUses(replace.at(), replace.now(), at) ->
            before.add(user);
        case null, default -> keeping.add(user.toString());
      }
    }
    if (!keeping.isEmpty()) {
      keeping.sort(null);
      troubles.problem(
          pieces.getOrDefault(at, pieces.values().iterator().next()).where(),
          "removing " + at,
          "it is used by " + String.join(", ", keeping),
          "remove "
              + (keeping.size() == 1 ? "that" : "those")
              + " in the same request, or let them use something else first");
    }
    needs.put(at, before);
  }

  private boolean stillUses(Address user, Fields now, Address target) {
    var refs = new ArrayList<Ref>();
    References.collect(now, refs);
    return refs.stream().anyMatch(ref -> ref.target().equals(target.toString()))
        || uses.map(u -> u.of(user, now).stream().anyMatch(use -> use.to().equals(target)))
            .orElse(false);
  }

  private Plan sealed(String rules, String prices, Instant now, Duration lifetime) {
    Wish wish = scene.wish();
    Draft draft = wish.draft();
    List<Address> sorted = ordered();
    var catalogs = new TreeMap<String, String>();
    var states = new HashMap<Address, Digest>();
    for (Address at : sorted) {
      Piece piece = pieces.get(at);
      if (piece != null) {
        catalogs.computeIfAbsent(
            at.account(), account -> piece.spot().catalog().revision(Plans.types(sorted, account)));
      }
      scene.priors().at(at).ifPresent(resource -> states.put(at, Plans.priorState(resource)));
    }
    return Plans.seal(
        new Plan(
            wish.tenant().id(),
            wish.plan(),
            wish.revision(),
            wish.thread(),
            wish.requester().id(),
            wish.words(),
            draft.title(),
            scene.environment(),
            draft.planner(),
            sorted.stream().map(changes::get).toList(),
            needs,
            draft.cap(),
            draft.rollback(),
            draft.whenChatIsDown().orElseGet(() -> whenChatIsDown(sorted)),
            wish.undoes(),
            new Plan.Basis(catalogs, states, rules, prices, identities(sorted)),
            now,
            now.plus(lifetime),
            Plans.UNSEALED));
  }

  /** What the accounts say that the plan changes something in; the strictest of them. */
  private WhenChatIsDown whenChatIsDown(List<Address> sorted) {
    return WhenChatIsDown.strictest(
        sorted.stream()
            .filter(at -> Optional.ofNullable(changes.get(at)).filter(Change::mutates).isPresent())
            .flatMap(at -> scene.account(at.account()).stream())
            .map(Account::whenChatIsDown)
            .toList());
  }

  /** Whose accounts the plan changes, as their providers say now. */
  private Map<String, String> identities(List<Address> sorted) {
    var identities = new TreeMap<String, String>();
    for (Address at : sorted) {
      Change change = changes.get(at);
      if (change != null && change.mutates()) {
        scene
            .identities()
            .of(at.account(), troubles)
            .ifPresent(identity -> identities.put(at.account(), identity));
      }
    }
    return identities;
  }

  /** All changes in order. Things that use one another may be deleted in any order. */
  private List<Address> ordered() {
    var order = new Order(changes.keySet(), needs);
    for (List<Address> circle = order.circle(); !circle.isEmpty(); circle = order.circle()) {
      Set<Address> inCircle = Set.copyOf(circle);
      Address loose =
          circle.stream()
              .filter(at -> changes.get(at) instanceof Change.Delete)
              .findFirst()
              .orElse(circle.getFirst());
      Set<Address> rest = new HashSet<>(needs.getOrDefault(loose, Set.of()));
      rest.removeAll(inCircle);
      needs.put(loose, rest);
      order = new Order(changes.keySet(), needs);
    }
    return order.sorted();
  }
}
