package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.text.Names;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** DNS records: "point shop.example.com to the load balancer". */
final class Records {
  private static final String RECORD = "dns-record";
  private static final Pattern HOST =
      Pattern.compile(
          "(dns_?name|fqdn|hostname|host_?name|default_?hostname)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(public_?ip|public_?ip_?address|ip_?address|private_?ip|private_?ip_?address|address)",
          Pattern.CASE_INSENSITIVE);

  private final Scene scene;
  private final Work work;

  Records(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /** A record for the first host name of a clause, aimed at a thing, a host or an address. */
  void point(Clause clause, Optional<Target> at, Optional<Make> record) {
    String domain = clause.domains().getFirst().name();
    Fields arguments = Fields.of("domain", Value.text(domain));
    if (at.isPresent()) {
      arguments = Qualities.merge(arguments, aimed(at.get()));
    } else if (clause.domains().size() > 1) {
      arguments =
          arguments
              .with("record", Value.text(clause.domains().get(1).name()))
              .with("recordType", Value.text("CNAME"));
    } else if (!clause.ranges().isEmpty()) {
      arguments =
          arguments
              .with("record", Value.text(clause.ranges().getFirst().text()))
              .with("recordType", Value.text("A"));
    }
    Optional<String> zone = zone(domain);
    if (zone.isPresent()) {
      arguments = arguments.with("zone", Value.text(zone.get()));
    }
    String name = Names.of(domain);
    if (record.isPresent()) {
      Make made = Work.with(record.get(), arguments);
      work.put(made);
    } else {
      work.put(new Make(name, new OfService(RECORD, arguments), Place.ANY));
    }
  }

  private Fields aimed(Target target) {
    Optional<String> service = target.service(scene);
    Optional<TypeSchema> schema =
        service
            .flatMap(
                s ->
                    scene.offering(
                        s,
                        target.tracked().map(t -> t.at().account()).or(() -> work.place.account())))
            .map(Offering::principal)
            .flatMap(scene.services()::schema);
    Optional<String> host = schema.flatMap(s -> output(s, HOST));
    Optional<String> address = schema.flatMap(s -> output(s, ADDRESS));
    String pointer = host.or(() -> address).map(property -> "/" + property).orElse("");
    Value record = new Value.Ref(target.name(), pointer);
    return Fields.of("record", record)
        .with("recordType", Value.text(host.isEmpty() && address.isPresent() ? "A" : "CNAME"));
  }

  private static Optional<String> output(TypeSchema schema, Pattern pattern) {
    return schema.schema().fieldsAt("properties").fields().keySet().stream()
        .filter(p -> pattern.matcher(p).matches())
        .findFirst();
  }

  /** The drafted or existing zone that a host name lies in. */
  private Optional<String> zone(String domain) {
    List<String> drafted =
        work.makes().stream()
            .filter(
                m ->
                    m.what() instanceof OfService(var service, var a)
                        && service.equals("dns-zone")
                        && a.text("domain").filter(z -> within(domain, z)).isPresent())
            .map(Make::name)
            .toList();
    if (!drafted.isEmpty()) {
      return Optional.of(drafted.getFirst());
    }
    return scene.tracked().stream()
        .filter(t -> scene.is(t, "dns-zone"))
        .filter(
            t ->
                t.resource().properties().fields().values().stream()
                    .anyMatch(v -> v instanceof Value.Text(var zone) && within(domain, zone)))
        .map(t -> t.at().name())
        .findFirst();
  }

  private static boolean within(String domain, String zone) {
    String plain = zone.endsWith(".") ? zone.substring(0, zone.length() - 1) : zone;
    return domain.equals(plain) || domain.endsWith("." + plain);
  }
}
