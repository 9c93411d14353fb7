package dev.parley.provider.aws.fake.type;

import dev.parley.engine.json.Form;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a type's handlers behave beyond what the schema says.
 *
 * @param outputs what they fill in, as templates; in this order
 * @param defaults what they set where nothing was sent, as templates
 * @param when further outputs under a condition; these come first
 * @param copies what they take over from the resource that another property names
 * @param unique properties that no two resources may share
 * @param everywhere whether that holds over all accounts
 * @param global whether the resource belongs to no region
 * @param mustExist whether a reference to a resource of this type must lead somewhere
 * @param listsAll whether a listing shows all properties, not only the identifier
 * @param looks after how many looks an operation has ended, where no other pace is asked for
 * @param protect a property that forbids deletion while it is true
 * @param frozen a property that is true while what is conditionally create-only can't change
 * @param lower texts that are written in lower case, whatever was sent
 * @param arn the resource's ARN, as a template
 * @param kind what tagging and search call it: {@code ec2:instance}
 */
public record Manners(
    Map<Pointer, Value> outputs,
    Map<Pointer, Value> defaults,
    List<When> when,
    Map<Pointer, Copy> copies,
    List<Pointer> unique,
    boolean everywhere,
    boolean global,
    boolean mustExist,
    boolean listsAll,
    int looks,
    Optional<Pointer> protect,
    Optional<Pointer> frozen,
    List<Pointer> lower,
    Optional<String> arn,
    Optional<String> kind) {
  /** A handler that fills in nothing. */
  public static final Manners NONE =
      new Manners(
          Map.of(),
          Map.of(),
          List.of(),
          Map.of(),
          List.of(),
          false,
          false,
          false,
          true,
          1,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Outputs that are filled in if a property has a value. */
  public record When(Pointer at, Value is, Map<Pointer, Value> outputs) {}

  /** Takes over {@code what} from the resource that {@code from} names. */
  public record Copy(Pointer from, Pointer what) {}

  /** Reads them. */
  static Manners of(Form form) {
    var when = new ArrayList<When>();
    for (Form each : form.objects("when")) {
      when.add(
          new When(
              each.pointer("at").orElseThrow(),
              each.value("is").orElse(Value.bool(true)),
              templates(each.object("outputs"))));
    }
    var copies = new LinkedHashMap<Pointer, Copy>();
    Form copy = form.object("copies");
    for (String name : copy.names()) {
      Form each = copy.object(name);
      copies.put(
          Pointer.of(name),
          new Copy(each.pointer("from").orElseThrow(), each.pointer("what").orElseThrow()));
    }
    var read =
        new Manners(
            templates(form.object("outputs")),
            templates(form.object("defaults")),
            when,
            copies,
            form.pointers("unique"),
            form.flag("everywhere", false),
            form.flag("global", false),
            form.flag("mustExist", false),
            form.flag("listsAll", true),
            form.number("looks").map(BigDecimal::intValue).orElse(1),
            form.pointer("protect"),
            form.pointer("frozen"),
            form.pointers("lower"),
            form.text("arn"),
            form.text("kind"));
    form.done();
    return read;
  }

  private static Map<Pointer, Value> templates(Form form) {
    var templates = new LinkedHashMap<Pointer, Value>();
    for (String name : form.names()) {
      templates.put(Pointer.of(name), form.value(name).orElseThrow());
    }
    return templates;
  }
}
