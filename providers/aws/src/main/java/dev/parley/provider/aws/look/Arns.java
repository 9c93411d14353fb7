package dev.parley.provider.aws.look;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a resource's type and identifier from its ARN: as a file says, else by the name of a type
 * that the catalog knows ({@code kinesis:stream} is {@code AWS::Kinesis::Stream}).
 */
final class Arns {
  private static final Pattern ARN =
      Pattern.compile("arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)", Pattern.DOTALL);

  private final List<Line> lines;
  private final Supplier<List<ResourceType>> types;

  private record Line(
      String service, Pattern resource, List<String> names, ResourceType type, String id) {}

  /** What an ARN names. */
  record Named(ResourceType type, ResourceId id, String name, String region) {}

  Arns(Supplier<List<ResourceType>> types) {
    this.types = types;
    this.lines = read();
  }

  /** What it names; empty if neither the file nor the catalog knows its kind. */
  Optional<Named> of(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      return Optional.empty();
    }
    for (Line line : lines) {
      Matcher resource = line.resource().matcher(parts.group(5));
      if (line.service().equals(parts.group(2)) && resource.matches()) {
        return Optional.of(named(line, arn, parts, resource));
      }
    }
    return guessed(arn, parts);
  }

  /** Its kind, for people: {@code kinesis:stream}. */
  static String kind(String arn) {
    Matcher parts = ARN.matcher(arn);
    return parts.matches() ? parts.group(2) + ":" + parts.group(5).split("[/:]", 2)[0] : arn;
  }

  private static Named named(Line line, String arn, Matcher parts, Matcher resource) {
    var values = new HashMap<String, String>();
    values.put("arn", arn);
    values.put("partition", parts.group(1));
    values.put("region", parts.group(3));
    values.put("account", parts.group(4));
    values.put("last", last(parts.group(5)));
    for (int i = 0; i < line.names().size(); i++) {
      values.put(line.names().get(i), resource.group(i + 1));
    }
    String id = line.id();
    for (var value : values.entrySet()) {
      id = id.replace("{" + value.getKey() + "}", value.getValue());
    }
    String name = values.getOrDefault("name", values.getOrDefault("id", values.get("last")));
    return new Named(line.type(), new ResourceId(id), name == null ? id : name, parts.group(3));
  }

  private Optional<Named> guessed(String arn, Matcher parts) {
    String wanted = plain(kind(arn));
    boolean several = parts.group(5).matches("[^/:]+[/:].+");
    return types.get().stream()
        .filter(
            type -> several && plain(type.unversioned().replaceFirst("^AWS::", "")).equals(wanted))
        .findFirst()
        .map(
            type ->
                new Named(
                    type,
                    new ResourceId(last(parts.group(5))),
                    last(parts.group(5)),
                    parts.group(3)));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String last(String resource) {
    return resource.substring(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1);
  }

  private static List<Line> read() {
    var form =
        Form.of(
            Yaml.parse(
                "arns.yaml", Recipes.resource("/dev/parley/provider/aws/discovery/arns.yaml")));
    var lines = new ArrayList<Line>();
    for (Form one : form.objects("arns")) {
      var names = new ArrayList<String>();
      Pattern resource = pattern(one.required("resource"), names);
      lines.add(
          new Line(
              one.required("service"),
              resource,
              List.copyOf(names),
              new ResourceType("aws", one.required("type")),
              one.text("id").orElse("{id}")));
      one.done();
    }
    form.done();
    form.check();
    return List.copyOf(lines);
  }

  private static Pattern pattern(String text, List<String> names) {
    Matcher placeholder = Pattern.compile("\\{([a-z]+)(\\*)?}").matcher(text);
    var regex = new StringBuilder();
    int from = 0;
    while (placeholder.find()) {
      regex.append(Pattern.quote(text.substring(from, placeholder.start())));
      // a log group's name has slashes
      String part = text.startsWith("log-group:") ? "([^:]+)" : "([^/:]+)";
      regex.append(placeholder.group(2) == null ? part : "(.+)");
      names.add(placeholder.group(1));
      from = placeholder.end();
    }
    return Pattern.compile(regex + Pattern.quote(text.substring(from)));
  }

  /** How many of each kind could not be named. */
  static String counted(Map<String, Integer> kinds) {
    var words = new ArrayList<String>();
    kinds.forEach((kind, times) -> words.add(kind + " (" + times + ")"));
    return String.join(", ", words);
  }
}
