package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.text.Numbers;
import dev.parley.bot.assistant.text.Token.Kind;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * 16 GB of RAM, 4 vCPUs, 100 GB storage, 3 replicas, a timeout of 30 seconds, retention 14 days.
 */
final class Capacities implements Recogniser {
  private static final Map<String, BigDecimal> BYTES =
      Map.of(
          "gb",
          BigDecimal.ONE,
          "gib",
          BigDecimal.ONE,
          "gbs",
          BigDecimal.ONE,
          "gigs",
          BigDecimal.ONE,
          "gig",
          BigDecimal.ONE,
          "gigabytes",
          BigDecimal.ONE,
          "tb",
          BigDecimal.valueOf(1024),
          "tib",
          BigDecimal.valueOf(1024),
          "mb",
          BigDecimal.valueOf(0.0009765625),
          "mib",
          BigDecimal.valueOf(0.0009765625));
  private static final Set<String> CORES = Set.of("vcpu", "vcpus", "cpu", "cpus", "core", "cores");
  private static final Set<String> COPIES =
      Set.of("replica", "replicas", "copies", "tasks", "pods");
  private static final Set<String> NODES = Set.of("node", "nodes", "workers", "brokers", "members");
  private static final Map<String, Long> SECONDS =
      Map.ofEntries(
          Map.entry("s", 1L),
          Map.entry("sec", 1L),
          Map.entry("secs", 1L),
          Map.entry("second", 1L),
          Map.entry("seconds", 1L),
          Map.entry("min", 60L),
          Map.entry("mins", 60L),
          Map.entry("minute", 60L),
          Map.entry("minutes", 60L),
          Map.entry("h", 3600L),
          Map.entry("hour", 3600L),
          Map.entry("hours", 3600L),
          Map.entry("day", 86400L),
          Map.entry("days", 86400L),
          Map.entry("week", 604800L),
          Map.entry("weeks", 604800L),
          Map.entry("d", 86400L));
  private static final Map<String, String> MEASURES =
      Map.ofEntries(
          Map.entry("memory", "memory"),
          Map.entry("ram", "memory"),
          Map.entry("mem", "memory"),
          Map.entry("storage", "storage"),
          Map.entry("disk", "disk"),
          Map.entry("ssd", "disk"),
          Map.entry("hdd", "disk"),
          Map.entry("drive", "disk"),
          Map.entry("volume", "disk"),
          Map.entry("timeout", "timeout"),
          Map.entry("ttl", "ttl"),
          Map.entry("retention", "retention"),
          Map.entry("replicas", "replicas"),
          Map.entry("cpu", "vcpu"),
          Map.entry("vcpu", "vcpu"),
          Map.entry("vcpus", "vcpu"),
          Map.entry("cores", "vcpu"),
          Map.entry("nodes", "nodes"),
          Map.entry("retain", "retention"),
          Map.entry("keep", "retention"));
  private static final Set<String> FILLERS =
      Set.of("of", "size", "is", ":", "to", "at", "set", "space", "for", "a", "memory");
  private static final Set<String> CLUSTERS =
      Set.of("kubernetes", "k8s", "eks", "aks", "gke", "cluster", "clusters");
  private static final BigDecimal ONE_MACHINE = BigDecimal.valueOf(64);

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    Optional<String> measure = measure(s, i);
    if (measure.isPresent()) {
      return nounFirst(s, i, measure.get());
    }
    if (s.isWord(i, Set.of("time", "times", "timing")) && s.isWord(i + 1, Set.of("out"))) {
      int at = s.skip(i + 2, Set.of("after", "in", "at"));
      return nounFirst(s, at - 1, "timeout")
          .map(hit -> new Hit(hit.concept(), hit.length() + at - 1 - i));
    }
    return Numbers.at(s.tokens(), i).flatMap(read -> numberFirst(s, i, read));
  }

  private static Optional<String> measure(Sentence s, int i) {
    return s.token(i).kind() == Kind.WORD
        ? Optional.ofNullable(MEASURES.get(s.key(i)))
        : Optional.empty();
  }

  private static Optional<Hit> nounFirst(Sentence s, int i, String measure) {
    int at = s.skip(i + 1, FILLERS);
    if (at >= s.tokens().size() || at - i > 4 || !s.isNumber(at)) {
      return Optional.empty();
    }
    BigDecimal number = s.token(at).number().orElseThrow();
    String unit = s.key(at + 1);
    BigDecimal bytes = BYTES.get(unit);
    Long seconds = SECONDS.get(unit);
    return switch (measure) {
      case "memory" ->
          bytes == null ? Optional.empty() : Hit.of(memory(number.multiply(bytes)), at + 2 - i);
      case "storage", "disk" ->
          bytes == null
              ? Optional.empty()
              : Hit.of(gigabytes(measure, number.multiply(bytes)), at + 2 - i);
      case "timeout", "ttl" ->
          Hit.of(
              one(measure, number.multiply(BigDecimal.valueOf(seconds == null ? 1 : seconds))),
              at + (seconds == null ? 1 : 2) - i);
      case "retention" ->
          seconds == null && s.isWord(i, Set.of("keep", "retain"))
              ? Optional.empty()
              : Hit.of(
                  one("retention", days(number, seconds == null ? 86400 : seconds)),
                  at + (seconds == null ? 1 : 2) - i);
      case "vcpu" -> Hit.of(options(Map.of("vcpu", number), Map.of("cpu", number)), at + 1 - i);
      default -> Hit.of(options(Map.of(measure, number), Map.of("nodes", number)), at + 1 - i);
    };
  }

  private static Optional<Hit> numberFirst(Sentence s, int i, Numbers.Read read) {
    int at = i + read.length();
    String unit = s.key(at);
    BigDecimal number = read.value();
    if (BYTES.containsKey(unit)) {
      return bytes(
          s,
          i,
          at + 1,
          number.multiply(BYTES.getOrDefault(unit, BigDecimal.ONE)),
          unit.startsWith("m"));
    }
    if (CORES.contains(unit)) {
      return Hit.of(options(Map.of("vcpu", number), Map.of("cpu", number)), at + 1 - i);
    }
    if (COPIES.contains(unit)) {
      return Hit.of(options(Map.of("replicas", number), Map.of("nodes", number)), at + 1 - i);
    }
    if (NODES.contains(unit) && (s.mentions(CLUSTERS) || s.speaksOf("nodes"))) {
      return Hit.of(options(Map.of("nodes", number), Map.of("replicas", number)), at + 1 - i);
    }
    if (s.isWord(at, Set.of("worker", "agent")) && s.isWord(at + 1, NODES)) {
      return Hit.of(options(Map.of("nodes", number), Map.of("replicas", number)), at + 2 - i);
    }
    Long seconds = SECONDS.get(unit);
    if (seconds != null) {
      return duration(s, i, at + 1, number, seconds);
    }
    return Optional.empty();
  }

  private static Optional<Hit> bytes(
      Sentence s, int i, int behind, BigDecimal gigabytes, boolean megabytes) {
    int at = s.skip(behind, Set.of("of"));
    if (s.isWord(at, Set.of("root", "local", "boot", "ssd", "data", "block"))
        && MEASURES.containsKey(s.key(at + 1))) {
      at++;
    }
    String measure = measure(s, at).orElse("");
    if (measure.equals("memory")) {
      return Hit.of(memory(gigabytes), at + 1 - i);
    }
    if (measure.equals("storage") || measure.equals("disk")) {
      return Hit.of(gigabytes(measure, gigabytes), at + 1 - i);
    }
    boolean besideCores =
        s.before().orElse(null) instanceof Quality q
            && q.options().getFirst().get("vcpu").isPresent();
    if (megabytes || besideCores || nextIsCores(s, behind)) {
      return Hit.of(memory(gigabytes), behind - i);
    }
    Value.Num size = Value.num(gigabytes);
    Fields storage = Fields.of("storage", size);
    Fields disk = Fields.of("disk", size);
    Fields memory = Fields.of("memory", size);
    return Hit.of(
        new Quality(
            gigabytes.compareTo(ONE_MACHINE) <= 0
                ? List.of(storage, memory, disk)
                : List.of(storage, disk, memory),
            Set.of()),
        behind - i);
  }

  private static boolean nextIsCores(Sentence s, int at) {
    int next = s.skip(at, Set.of(",", "and", "/", "&", "with"));
    return s.isNumber(next) && CORES.contains(s.key(next + 1));
  }

  private static Optional<Hit> duration(
      Sentence s, int i, int behind, BigDecimal number, long seconds) {
    String measure = MEASURES.getOrDefault(s.key(behind), "");
    return switch (measure) {
      case "timeout", "ttl" ->
          Hit.of(one(measure, number.multiply(BigDecimal.valueOf(seconds))), behind + 1 - i);
      case "retention" -> Hit.of(one("retention", days(number, seconds)), behind + 1 - i);
      default -> Optional.empty();
    };
  }

  private static BigDecimal days(BigDecimal number, long seconds) {
    return number
        .multiply(BigDecimal.valueOf(seconds))
        .divide(BigDecimal.valueOf(86400), 0, RoundingMode.UP);
  }

  private static Quality memory(BigDecimal gigabytes) {
    return options(
        Map.of("functionMemory", gigabytes.multiply(BigDecimal.valueOf(1024))),
        Map.of("memory", gigabytes));
  }

  private static Quality gigabytes(String measure, BigDecimal size) {
    return options(
        Map.of(measure, size), Map.of(measure.equals("disk") ? "storage" : "disk", size));
  }

  private static Quality one(String argument, BigDecimal number) {
    return new Quality(List.of(Fields.of(argument, Value.num(number))), Set.of());
  }

  private static Quality options(Map<String, BigDecimal> first, Map<String, BigDecimal> second) {
    return new Quality(List.of(fields(first), fields(second)), Set.of());
  }

  private static Fields fields(Map<String, BigDecimal> numbers) {
    Fields fields = Fields.EMPTY;
    for (var entry : numbers.entrySet()) {
      fields = fields.with(entry.getKey(), Value.num(entry.getValue()));
    }
    return fields;
  }
}
