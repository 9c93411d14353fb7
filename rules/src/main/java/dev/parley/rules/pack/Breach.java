package dev.parley.rules.pack;

import dev.parley.policy.Outcome;
import dev.parley.resource.Address;
import dev.parley.rules.logic.Found;
import dev.parley.rules.logic.Phrases;
import dev.parley.rules.logic.Result;
import dev.parley.rules.logic.Source;
import dev.parley.rules.logic.Tri;
import dev.parley.rules.logic.View;
import dev.parley.rules.scene.ResourceSubject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule that did not pass, at the level that decided. */
public record Breach(RuleDefinition rule, Level level, View view, Result result) {
  private static final Pattern HOLE =
      Pattern.compile("\\{(name|address|path|actual|expected|[@/][A-Za-z0-9/_.-]+)}");

  /** The resource, if it is about one. */
  public Optional<Address> address() {
    return view instanceof ResourceSubject resource
        ? Optional.of(resource.address())
        : Optional.empty();
  }

  /** Failed, or not known. */
  public Outcome outcome() {
    return result.tri() == Tri.UNKNOWN ? Outcome.UNKNOWN : Outcome.FAIL;
  }

  /** What is wrong, with what stands there and what should. */
  public String message() {
    String template = level.message().orElse(rule.message());
    String filled =
        HOLE.matcher(template).replaceAll(match -> Matcher.quoteReplacement(fill(match.group(1))));
    String where = result.at().segments().isEmpty() ? "" : result.at() + " ";
    if (outcome() == Outcome.UNKNOWN) {
      return address().map(at -> at.name() + ": ").orElse("")
          + "whether this holds can't be told: "
          + rule.title()
          + "; "
          + (where.isEmpty() ? "" : where + "is ")
          + result.actual();
    }
    boolean said = template.contains("{actual}") || template.contains("{@") || where.isEmpty();
    return said
        ? filled
        : filled + " (" + where + "is " + result.actual() + ", expected " + result.expected() + ")";
  }

  private String fill(String name) {
    return switch (name) {
      case "name" -> address().map(Address::name).orElse("the plan");
      case "address" -> address().map(Address::toString).orElse("the plan");
      case "path" -> result.at().toString();
      case "actual" -> result.actual();
      case "expected" -> result.expected();
      default -> look(name);
    };
  }

  private String look(String name) {
    return Phrases.of(
        switch (Source.of(name)) {
          case Source.Here(var at) -> Found.in(view.properties(), at);
          case Source.Root(var at) -> Found.in(view.properties(), at);
          case Source.Context(var at) -> view.context(at);
          case Source.Literal(var value) -> Found.of(value);
        });
  }
}
