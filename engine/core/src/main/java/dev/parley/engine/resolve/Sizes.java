package dev.parley.engine.resolve;

import dev.parley.catalog.Offering;
import dev.parley.catalog.Offering.Size;
import dev.parley.value.Value;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the machine size that was meant: a sku of the family, an everyday word, a sku of another
 * family, or so many vCPUs and GiB. What is not a sku of the family becomes the smallest one that
 * is enough.
 */
final class Sizes {
  private record Least(BigDecimal vcpu, BigDecimal memory) {}

  private static final Map<String, Least> WORDS =
      Map.of(
          "micro", least("1", "1"),
          "small", least("1", "2"),
          "medium", least("2", "4"),
          "large", least("2", "8"),
          "xlarge", least("4", "16"),
          "2xlarge", least("8", "32"));

  /**
   * What was found.
   *
   * @param note how it was found, if that is worth saying
   * @param problem why nothing was found
   */
  record Found(Optional<Size> size, Optional<String> note, Optional<String> problem) {}

  private final List<Size> known;
  private final List<Size> elsewhere;

  /**
   * Among an offering's sizes.
   *
   * @param others the same service's offerings in other families, for their skus
   */
  Sizes(Offering offering, List<Offering> others) {
    this.known = offering.sizes();
    this.elsewhere = others.stream().flatMap(other -> other.sizes().stream()).toList();
  }

  /** The size for these arguments; nothing and no problem if sizes mean nothing here. */
  Found find(Optional<Value> size, Optional<Value> vcpu, Optional<Value> memory) {
    Optional<Found> asked = amounts(vcpu, memory);
    if (known.isEmpty()) {
      return new Found(Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (size.isEmpty()) {
      return asked.orElse(new Found(Optional.empty(), Optional.empty(), Optional.empty()));
    }
    if (!(size.get() instanceof Text(var text))) {
      return problem("a size is a word such as small or a name such as " + known.getFirst().sku());
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    Optional<Size> sku = sku(known, word);
    if (sku.isPresent()) {
      return found(sku.get(), Optional.empty());
    }
    if (WORDS.containsKey(word) || worded(word).isPresent()) {
      return worded(word)
          .map(found -> found(found, Optional.empty()))
          .orElseGet(() -> enough(WORDS.getOrDefault(word, least("1", "1")), Optional.empty()));
    }
    Optional<Size> foreign = sku(elsewhere, word);
    if (foreign.isPresent()) {
      Least least = new Least(foreign.get().vcpu(), foreign.get().memory());
      return enough(least, Optional.of(text + " is a size of another cloud (" + say(least) + ")"));
    }
    if (text.matches(".*[0-9._-].*")) {
      return new Found(
          Optional.of(new Size(text, BigDecimal.ZERO, BigDecimal.ZERO, Map.of())),
          Optional.of(text + " is not among the sizes known here; it is passed on as it is"),
          Optional.empty());
    }
    return problem("no such size: " + text);
  }

  /** All names, for a hint. */
  List<String> names() {
    return known.stream().map(Size::sku).toList();
  }

  private Optional<Found> amounts(Optional<Value> vcpu, Optional<Value> memory) {
    if (vcpu.isEmpty() && memory.isEmpty()) {
      return Optional.empty();
    }
    Optional<BigDecimal> cpus = vcpu.flatMap(Sizes::number);
    Optional<BigDecimal> gib = memory.flatMap(Sizes::number);
    if ((vcpu.isPresent() && cpus.isEmpty()) || (memory.isPresent() && gib.isEmpty())) {
      return Optional.of(problem("vcpu and memory (GiB) are numbers"));
    }
    Least least = new Least(cpus.orElse(BigDecimal.ZERO), gib.orElse(BigDecimal.ZERO));
    return Optional.of(enough(least, Optional.of("asked for " + say(least))));
  }

  private Found enough(Least least, Optional<String> because) {
    Optional<Size> best =
        known.stream()
            .filter(
                size ->
                    size.vcpu().compareTo(least.vcpu()) >= 0
                        && size.memory().compareTo(least.memory()) >= 0)
            .min(Comparator.comparing(Sizes::weight));
    if (best.isEmpty()) {
      return problem("no size here has " + say(least));
    }
    Size size = best.get();
    String note =
        size.sku()
            + " ("
            + say(new Least(size.vcpu(), size.memory()))
            + ") is the smallest that is enough";
    return found(size, because.map(why -> why + "; " + note));
  }

  /** A vCPU weighs as much as 4 GiB, about as in prices. */
  private static BigDecimal weight(Size size) {
    return size.vcpu().multiply(BigDecimal.valueOf(4)).add(size.memory());
  }

  private Optional<Size> worded(String word) {
    return known.stream()
        .filter(size -> new Text(word).equals(size.more().get("word")))
        .findFirst()
        .or(() -> known.stream().filter(size -> endsWith(size.sku(), word)).findFirst());
  }

  private static boolean endsWith(String sku, String word) {
    String lower = sku.toLowerCase(Locale.ROOT);
    return lower.endsWith("." + word) || lower.endsWith("-" + word);
  }

  private static Optional<Size> sku(List<Size> sizes, String word) {
    return sizes.stream()
        .filter(size -> size.sku().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static Found found(Size size, Optional<String> note) {
    return new Found(Optional.of(size), note, Optional.empty());
  }

  private static Found problem(String why) {
    return new Found(Optional.empty(), Optional.empty(), Optional.of(why));
  }

  private static Optional<BigDecimal> number(Value value) {
    return switch (value) {
      case Num(var number) -> Optional.of(number);
      case Text(var text) when text.strip().matches("\\d{1,9}(\\.\\d{1,3})?") ->
          Optional.of(new BigDecimal(text.strip()));
      default -> Optional.empty();
    };
  }

  private static String say(Least least) {
    return least.vcpu().stripTrailingZeros().toPlainString()
        + " vCPU, "
        + least.memory().stripTrailingZeros().toPlainString()
        + " GiB";
  }

  private static Least least(String vcpu, String memory) {
    return new Least(new BigDecimal(vcpu), new BigDecimal(memory));
  }
}
