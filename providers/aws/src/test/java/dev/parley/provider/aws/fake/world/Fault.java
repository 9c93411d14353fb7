package dev.parley.provider.aws.fake.world;

/**
 * Something that befalls the next requests that fit. Empty texts fit everything.
 *
 * @param service a signing name
 * @param operation for example {@code CreateResource}
 * @param about usually a type
 * @param holding a text that the body must hold, for example a tag's value
 * @param times how many requests it befalls
 */
public record Fault(
    String service, String operation, String about, String holding, int times, Effect effect) {
  /** Befalls the next request of an operation. */
  public static Fault next(String operation, Effect effect) {
    return new Fault("", operation, "", "", 1, effect);
  }

  /** The same, only about one type. */
  public Fault about(String type) {
    return new Fault(service, operation, type, holding, times, effect);
  }

  /** The same, only if the body holds a text. */
  public Fault holding(String text) {
    return new Fault(service, operation, about, text, times, effect);
  }

  /** The same, more often. */
  public Fault times(int count) {
    return new Fault(service, operation, about, holding, count, effect);
  }

  boolean fits(Occasion occasion) {
    return fits(service, occasion.service())
        && fits(operation, occasion.operation())
        && fits(about, occasion.about())
        && occasion.body().contains(holding);
  }

  private static boolean fits(String wanted, String real) {
    return wanted.isEmpty() || wanted.equals(real);
  }

  /** A request that faults may befall. */
  public record Occasion(String service, String operation, String about, String body) {
    @Override
    public String toString() {
      return "Occasion[" + service + " " + operation + " " + about + "]";
    }
  }
}
