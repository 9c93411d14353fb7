package dev.parley.provider.aws.stack;

import dev.parley.provider.Token;

/** Names that any later process works out again, in the alphabet of CloudFormation. */
final class Names {
  /** The one resource of a stack of one. */
  static final String RESOURCE = "Resource";

  /** What the names of all stacks begin with. */
  static final String PREFIX = "parley-";

  private static final int LONGEST = 128;

  private Names() {}

  /** The stack of one that bears a correlation: letters, digits and dashes, at most 128. */
  static String stack(String correlation) {
    String name = clean(correlation);
    return cut(name.startsWith(PREFIX) ? name : PREFIX + name);
  }

  /** The change set of one call. */
  static String changeSet(Token token) {
    return cut(PREFIX + clean(token.value()));
  }

  /** The token by which CloudFormation recognises a repeated call. */
  static String request(Token token) {
    return cut(clean(token.value()));
  }

  private static String clean(String text) {
    return text.replaceAll("[^A-Za-z0-9-]", "-");
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
