package dev.parley.rules.scene;

import dev.parley.rules.parameter.RuleParameters.Size;
import dev.parley.rules.read.Csv;
import dev.parley.rules.read.Shipped;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Machine sizes by the vendors' names: {@code tables/sizes.csv} and {@code tables/series.csv}. */
final class Machines {
  private static final Pattern AZURE =
      Pattern.compile("(?i)Standard_([A-Z]+)\\d+(?:-\\d+)?([a-z]*)(?:_[A-Z]\\w*?)??(?:_v(\\d+))?");
  private static final Pattern CUSTOM =
      Pattern.compile("(?:db-|[a-z0-9]+-)?custom-(\\d{1,3})-(\\d{3,7})");
  private static final Machines SHIPPED = read();

  private final Map<String, Size> sizes;
  private final Map<String, String> newer;
  private final Set<String> gpu;

  private Machines(Map<String, Size> sizes, Map<String, String> newer, Set<String> gpu) {
    this.sizes = sizes;
    this.newer = newer;
    this.gpu = gpu;
  }

  static Machines shipped() {
    return SHIPPED;
  }

  /** The size's own name, without the service's prefix or the address around it. */
  static String bare(String sku) {
    String last = sku.substring(sku.lastIndexOf('/') + 1);
    return last.startsWith("db.") ? last.substring(3) : last;
  }

  /** What a size has, if it is known. */
  Optional<Size> size(String sku) {
    var known =
        Optional.ofNullable(sizes.get(sku)).or(() -> Optional.ofNullable(sizes.get(bare(sku))));
    if (known.isPresent()) {
      return known;
    }
    var custom = CUSTOM.matcher(bare(sku));
    return custom.matches()
        ? Optional.of(
            new Size(
                new BigDecimal(custom.group(1)),
                new BigDecimal(custom.group(2))
                    .divide(BigDecimal.valueOf(1024), 3, java.math.RoundingMode.HALF_UP)))
        : Optional.empty();
  }

  /** The series a size belongs to: {@code t3}, {@code Standard_Ds_v3}, {@code e2}. */
  static String series(String sku) {
    String name = bare(sku);
    var azure = AZURE.matcher(name);
    if (azure.matches()) {
      String version = azure.group(3) == null ? "" : "_v" + azure.group(3);
      return "Standard_" + azure.group(1) + azure.group(2) + version;
    }
    if (name.startsWith("db-")) { // Cloud SQL: its shared cores have no successors
      return "db-" + series(name.substring(3));
    }
    String plain = name.startsWith("cache.") ? name.substring(6) : name;
    int dot = plain.indexOf('.');
    int dash = plain.indexOf('-');
    int end = dot > 0 ? dot : dash > 0 ? dash : plain.length();
    return plain.substring(0, end);
  }

  /** The series that took the place of a previous generation. */
  Optional<String> newer(String series) {
    return Optional.ofNullable(newer.get(series));
  }

  /** Whether a series has graphics processors. */
  boolean gpu(String series) {
    return gpu.contains(series);
  }

  private static Machines read() {
    var problems = new ArrayList<Problem>();
    var sizes = new HashMap<String, Size>();
    for (Csv.Row row : table("sizes.csv", List.of("sku", "vcpu", "memory"), problems)) {
      sizes.put(
          row.text("sku"),
          new Size(row.number("vcpu").orElseThrow(), row.number("memory").orElseThrow()));
    }
    var newer = new HashMap<String, String>();
    var gpu = new HashSet<String>();
    for (Csv.Row row : table("series.csv", List.of("series", "newer", "gpu"), problems)) {
      if (!row.text("newer").isEmpty()) {
        newer.put(row.text("series"), row.text("newer"));
      }
      if (row.text("gpu").equals("yes")) {
        gpu.add(row.text("series"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new Machines(Map.copyOf(sizes), Map.copyOf(newer), Set.copyOf(gpu));
  }

  private static List<Csv.Row> table(String name, List<String> columns, List<Problem> problems) {
    return Csv.read(name, Shipped.text("tables/" + name), columns, problems).rows();
  }
}
