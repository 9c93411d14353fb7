package dev.parley.catalog;

import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one everyday service ("vm", "load-balancer", "postgres") is made of a family's types. Data,
 * read beside the catalog; the engine names no service.
 *
 * <p>Properties of a part may hold placeholders, which the Resolver fills from a Want's arguments:
 * a text that is exactly {@code ${size}} becomes the argument's value, whatever its kind; {@code
 * ${name}-sg} inside a longer text becomes text; a field whose placeholder has neither an argument
 * nor a default is left out. {@code {"$ref": "${network}#/VpcId"}} becomes a reference. {@code
 * {"$each": "targets", "item": {...}}} becomes one item per value of a list argument, with {@code
 * ${item}} for the value.
 *
 * @param service the name all families share
 * @param words what people call it, lower case, singular; most usual first
 * @param parts what is made; the first is the principal, which bears the wanted name
 * @param roles where the principal holds what people speak about: {@code size} → {@code
 *     /InstanceType}; the keys are the arguments' names
 * @param defaults arguments that hold when the request gives none
 * @param variants named sets of arguments: {@code postgres} → engine and version
 * @param sizes machine sizes, smallest first; empty where sizes mean nothing
 * @param needs arguments without which it can't be made, in the order to ask for them
 */
public record Offering(
    String service,
    String title,
    List<String> words,
    List<Part> parts,
    Map<String, Pointer> roles,
    Fields defaults,
    Map<String, Fields> variants,
    List<Size> sizes,
    List<String> needs) {
  public Offering {
    words = List.copyOf(words);
    parts = List.copyOf(parts);
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
    sizes = List.copyOf(sizes);
    needs = List.copyOf(needs);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an offering has at least one part: " + service);
    }
  }

  /** The type that bears the wanted name. */
  public ResourceType principal() {
    return parts.getFirst().type();
  }

  /**
   * One resource of the service.
   *
   * @param suffix appended to the wanted name; "" for the principal
   * @param properties with placeholders
   * @param only arguments that must all be given (and not false) for the part to be made
   */
  public record Part(String suffix, ResourceType type, Fields properties, Set<String> only) {
    public Part {
      only = Set.copyOf(only);
    }
  }

  /**
   * A machine size.
   *
   * @param sku the provider's name for it
   * @param memory in GiB
   */
  public record Size(String sku, BigDecimal vcpu, BigDecimal memory, Map<String, Value> more) {
    public Size {
      more = Map.copyOf(more);
    }
  }
}
