package dev.parley.provider.aws.look;

import dev.parley.catalog.SchemaError;
import dev.parley.engine.json.Form;
import dev.parley.provider.Health.State;
import dev.parley.provider.aws.look.Recipe.Ask;
import dev.parley.provider.aws.look.Recipe.Existence;
import dev.parley.provider.aws.look.Recipe.Listing;
import dev.parley.provider.aws.look.Recipe.Look;
import dev.parley.provider.aws.look.Recipe.Place;
import dev.parley.provider.aws.look.Recipe.Sign;
import dev.parley.provider.aws.look.Recipe.Source;
import dev.parley.provider.aws.look.Recipe.Usual;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads recipes from a file's form, and notes every mistake there.
 *
 * @param operations checks names and inputs; an operation whose service is not there is left alone
 */
record RecipeForm(Operations operations, boolean strict) {

  /** All recipes of a file. */
  List<Recipe> recipes(Form file) {
    var recipes = new ArrayList<Recipe>();
    for (Form form : file.objects("recipes")) {
      Optional<ResourceType> type =
          form.read(
              "type", form.required("type"), ResourceType::of, "write aws:AWS::EC2::Instance");
      var calls = new LinkedHashMap<String, Ask>();
      Form words = form.object("calls");
      for (String word : words.names()) {
        Form call = words.object(word);
        calls.put(word, ask(call));
        call.done();
      }
      Optional<Existence> exists = form.value("exists").map(_ -> existence(form.object("exists")));
      List<Look> health = form.objects("health").stream().map(this::look).toList();
      List<Place> logs = form.objects("logs").stream().map(this::place).toList();
      Optional<Listing> list = form.value("list").map(_ -> listing(form.object("list")));
      List<Usual> usual = form.objects("usual").stream().map(this::usual).toList();
      form.done();
      type.ifPresent(t -> recipes.add(new Recipe(t, calls, exists, health, logs, list, usual)));
    }
    file.done();
    return recipes;
  }

  private Ask ask(Form form) {
    String operation = form.required("operation");
    Template input = template(form, "input");
    if (strict && !operation.isEmpty()) {
      check(form, operation, input);
    }
    return new Ask(operation, input);
  }

  /** A document whose placeholders are not known yet has to fit otherwise. */
  private void check(Form form, String operation, Template input) {
    int dot = operation.lastIndexOf('.');
    if (dot < 1) {
      form.wrong(
          "operation", "'" + operation + "'", "a service is missing", "write ec2.StopInstances");
      return;
    }
    if (!operations.serves(operation)) {
      return;
    }
    Fields open = (Fields) open(input.value());
    for (SchemaError error : operations.check(operation, open)) {
      if (error.grade() == SchemaError.Grade.ERROR) {
        String at = error.path().segments().isEmpty() ? "operation" : "input";
        form.wrong(at, operation + error.path() + " " + error.what(), error.why(), error.next());
      }
    }
  }

  private static Value open(Value value) {
    return switch (value) {
      case Text(var text) when text.contains("${") -> new Value.Unknown(text);
      case Items(var items) -> new Items(items.stream().map(RecipeForm::open).toList());
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> filled.put(name, open(field)));
        yield new Fields(filled);
      }
      default -> value;
    };
  }

  private static Template template(Form form, String name) {
    Value value = form.value(name).orElse(Fields.EMPTY);
    if (!(value instanceof Fields)) {
      form.wrong(name, Form.show(value), "an object is expected", "write the operation's members");
      return new Template(Fields.EMPTY);
    }
    return placeholders(form, name, new Template(value));
  }

  private static Template placeholders(Form form, String name, Template template) {
    for (String placeholder : template.placeholders()) {
      if (!Scope.known(placeholder)) {
        form.wrong(
            name,
            "${" + placeholder + "}",
            "there is no such placeholder",
            "use ${id}, ${id.0}, ${name}, ${region}, ${/Property}, ${input.word} or"
                + " ${item/Member}");
      }
    }
    return template;
  }

  private static Optional<Template> text(Form form, String name) {
    return form.text(name).map(text -> placeholders(form, name, new Template(Value.text(text))));
  }

  private Existence existence(Form form) {
    var exists =
        new Existence(
            ask(form),
            form.texts("codes"),
            form.pointer("at"),
            form.pointer("mark"),
            form.texts("gone"),
            shows(form.object("shows")));
    form.done();
    return exists;
  }

  private static Map<Pointer, Pointer> shows(Form form) {
    var shows = new LinkedHashMap<Pointer, Pointer>();
    for (String property : form.fields().fields().keySet()) {
      Optional<Pointer> place = form.pointer(property);
      if (property.startsWith("/") && place.isPresent()) {
        shows.put(Pointer.of(property), place.get());
      } else {
        form.wrong(
            property,
            "'" + property + "'",
            "a property of the type and its place in the answer are pointers",
            "write /Arn: /Role/Arn");
      }
    }
    form.done();
    return shows;
  }

  private Look look(Form form) {
    Optional<Ask> ask = form.value("operation").map(_ -> ask(form));
    if (ask.isEmpty()) {
      form.value("input")
          .ifPresent(_ -> form.wrong("input", "an input", "no operation takes it", "name one"));
    }
    Optional<Pointer> each = form.pointer("each");
    State none = state(form, "none", State.UNKNOWN);
    List<Sign> signs = form.objects("signs").stream().map(RecipeForm::sign).toList();
    List<Look> then = form.objects("then").stream().map(this::look).toList();
    form.done();
    return new Look(ask, each, none, signs, then);
  }

  private static Sign sign(Form form) {
    Pointer at = form.pointer("at").orElse(Pointer.ROOT);
    String words = form.required("words");
    Map<String, State> means = new LinkedHashMap<>();
    for (State state : State.values()) {
      form.texts(word(state)).forEach(value -> means.put(value, state));
    }
    var sign =
        new Sign(
            at,
            words,
            means,
            form.pointer("atLeast"),
            state(form, "otherwise", State.UNKNOWN),
            form.pointer("reason"));
    form.done();
    return sign;
  }

  private static State state(Form form, String name, State fallback) {
    List<String> words = List.of(State.values()).stream().map(RecipeForm::word).toList();
    return form.oneOf(name, words)
        .map(word -> State.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(fallback);
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private Place place(Form form) {
    Optional<Ask> ask = form.value("operation").map(_ -> ask(form));
    Optional<Pointer> each = form.pointer("each");
    Optional<Template> group = text(form, "group");
    Optional<Template> prefix = text(form, "prefix");
    Optional<Pointer> written = form.pointer("written");
    boolean base64 = form.flag("base64", false);
    Optional<Pointer> when = form.pointer("when");
    if (group.isPresent() == written.isPresent()) {
      form.wrong("a place of logs", "it needs 'group' or 'written'", "write one of them");
    }
    form.done();
    Source source =
        group.isPresent()
            ? new Source.Group(group.get(), prefix)
            : new Source.Written(written.orElse(Pointer.ROOT), base64, when);
    return new Place(ask, each, source);
  }

  private Listing listing(Form form) {
    var listing =
        new Listing(
            ask(form),
            form.pointer("items").orElse(Pointer.ROOT),
            placeholders(form, "id", new Template(Value.text(form.required("id")))),
            text(form, "name"),
            form.text("token"),
            form.pointer("next"));
    form.done();
    return listing;
  }

  private Usual usual(Form form) {
    var only = new LinkedHashMap<Pointer, Value>();
    Form must = form.object("only");
    must.fields()
        .fields()
        .forEach(
            (property, value) -> {
              if (property.startsWith("/")) {
                only.put(Pointer.of(property), value);
              } else {
                must.wrong(property, "'" + property + "'", "it is no pointer", "write /Type");
              }
            });
    if (form.value("at").isEmpty() || form.value("take").isEmpty()) {
      form.wrong("a usual value", "it needs 'at' and 'take'", "write both, as pointers");
    }
    var usual =
        new Usual(
            form.pointer("at").orElse(Pointer.ROOT),
            ask(form),
            form.pointer("each"),
            form.pointer("take").orElse(Pointer.ROOT),
            only,
            form.pointers("without"));
    form.done();
    return usual;
  }
}
