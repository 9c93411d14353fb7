package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Verb;
import dev.parley.bot.assistant.lexicon.Idioms;
import dev.parley.bot.assistant.text.Token;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port 22, ports 80 and 443, 443/tcp, allow ssh, open https. */
final class Ports implements Recogniser {
  private static final Set<String> PORT = Set.of("port", "ports");
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");
  private static final Set<String> JOINS = Set.of(",", "and", "&", "or");
  private static final Set<String> OPENING =
      Set.of(
          "open", "allow", "expose", "permit", "enable", "let", "opening", "allowing", "exposing");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    int at = i;
    boolean said =
        s.isWord(at, PROTOCOLS)
            && (s.isWord(at + 1, PORT) || s.isNumber(at + 1) || s.token(at + 1).sign("/"));
    if (said) {
      at = s.skip(at + 1, Set.of("/"));
    }
    if (s.isWord(at, PORT)) {
      at++;
      said = true;
    }
    boolean opening = s.before().orElse(null) instanceof Verb verb && OPENING.contains(verb.word());
    var ports = new LinkedHashSet<Integer>();
    int end =
        ports(s, said ? s.skip(at, Set.of(":", "number", "numbers")) : at, said || opening, ports);
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    if (!said && opening && endsInNoun(s, end)) {
      return Optional.empty();
    }
    end =
        s.isWord(end, Set.of("access", "traffic", "inbound", "ingress", "connections", "open"))
            ? end + 1
            : end;
    return Hit.of(quality(ports), end - i);
  }

  private static int ports(Sentence s, int from, boolean sure, Set<Integer> ports) {
    int end = from;
    int at = from;
    while (at < s.tokens().size()) {
      Optional<Integer> port = port(s, at);
      boolean named = port.isEmpty();
      if (named) {
        port = s.token(at).kind() == Token.Kind.WORD ? Idioms.port(s.key(at)) : Optional.empty();
      }
      boolean withProtocol = s.token(at + 1).sign("/") && s.isWord(at + 2, PROTOCOLS);
      boolean access =
          named
              && s.isWord(at + 1, Set.of("access", "traffic", "open", "opened", "allowed", "from"));
      if (port.isEmpty() || !(sure || withProtocol || access)) {
        break;
      }
      ports.add(port.get());
      if (s.token(at).text().contains(",")) {
        splitGrouped(s.token(at).text(), ports);
      }
      end = withProtocol ? at + 3 : at + 1;
      int next = s.skip(end, JOINS);
      if (next == end) {
        break;
      }
      at = s.isWord(next, PORT) ? next + 1 : next;
    }
    return end;
  }

  /** "80,443" looks like eighty thousand and some. */
  private static void splitGrouped(String digits, Set<Integer> ports) {
    var parts = new ArrayList<Integer>();
    for (String part : digits.split(",")) {
      parts.add(
          Integer.parseInt(
              part.replaceAll("\\D", "").isEmpty() ? "0" : part.replaceAll("\\D", "")));
    }
    ports.clear();
    parts.stream().filter(port -> port > 0 && port < 65536).forEach(ports::add);
  }

  private static Optional<Integer> port(Sentence s, int i) {
    return s.token(i)
        .number()
        .filter(
            number ->
                number.stripTrailingZeros().scale() <= 0
                    && number.signum() > 0
                    && number.precision() <= 9)
        .map(java.math.BigDecimal::intValue)
        .filter(port -> port < 65536 || s.token(i).text().contains(","));
  }

  private static boolean endsInNoun(Sentence s, int end) {
    return s.lexicon().phrase(s.tokens(), end).stream()
        .flatMap(match -> match.concepts().stream())
        .anyMatch(Concept.Service.class::isInstance);
  }

  private static Quality quality(Set<Integer> ports) {
    var list = new Value.Items(ports.stream().map(port -> (Value) Value.num(port)).toList());
    Fields many = Fields.of("ports", list);
    return new Quality(
        ports.size() == 1
            ? List.of(many, Fields.of("port", list.items().getFirst()))
            : List.of(many),
        Set.of());
  }
}
