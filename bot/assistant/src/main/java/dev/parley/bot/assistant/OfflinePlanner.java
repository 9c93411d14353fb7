package dev.parley.bot.assistant;

import dev.parley.bot.assistant.ask.CloudQuestions;
import dev.parley.bot.assistant.ask.Questions;
import dev.parley.bot.assistant.clause.Parser;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.compose.Composer;
import dev.parley.bot.assistant.compose.Memory;
import dev.parley.bot.assistant.compose.Scene;
import dev.parley.bot.assistant.compose.Understood;
import dev.parley.bot.assistant.lexicon.Lexicon;
import dev.parley.bot.assistant.phrase.Scanner;
import dev.parley.bot.assistant.text.Tokenizer;
import dev.parley.catalog.Catalog;
import dev.parley.identity.Account;
import dev.parley.plan.Conversation;
import dev.parley.plan.Planner;
import dev.parley.plan.Reading;
import dev.parley.plan.Reading.Lost;
import dev.parley.plan.Reading.Question;
import dev.parley.value.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands everyday requests without a model: words from the catalogs, a grammar of clauses, and
 * the thread's draft. The same message in the same conversation always gives the same reading.
 */
public final class OfflinePlanner implements Planner {
  private static final Logger LOG = LoggerFactory.getLogger(OfflinePlanner.class);
  private static final int LONGEST = 20_000;
  private static final int KEPT = 8;
  private static final String BUTTONS =
      "Approving, rejecting and waiving are never read from a message: use the buttons of the card,"
          + " an emoji on it, or a command.";
  private static final String EXAMPLES =
      "Say what you want made, changed, deleted or known, for example: “3 small servers behind a"
          + " load balancer in mumbai”, “make it 5”, “what depends on vpc-main?”";

  private final Map<String, Lexicon.Shared> lexicons =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lexicon.Shared> eldest) {
          return size() > KEPT;
        }
      };

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public Reading read(String message, Conversation conversation) {
    try {
      return answered(message, conversation);
    } catch (RuntimeException e) {
      LOG.error(
          "a message could not be read: thread={} length={}",
          conversation.thread(),
          message.length(),
          e);
      return new Lost(
          List.of(),
          List.of(),
          "This could not be read, and nothing was changed. Say it in other words.");
    }
  }

  private Reading answered(String message, Conversation conversation) {
    Optional<Reading> ofClouds = CloudQuestions.read(message, conversation);
    if (ofClouds.isPresent()) {
      return ofClouds.get();
    }
    Optional<Question> pending = conversation.pending();
    Optional<Memory> memory = pending.flatMap(Memory::of);
    if (memory.isEmpty()) {
      return fresh(message, conversation);
    }
    Optional<String> choice = Answering.choice(message, pending.get());
    if (choice.isPresent()) {
      return read(memory.get().answered(choice.get()), conversation);
    }
    Reading alone = fresh(message, conversation);
    boolean standsAlone = !(alone instanceof Lost) && !complements(message, conversation);
    if (standsAlone || isForbidden(message, conversation)) {
      return alone;
    }
    Memory both = new Memory(memory.get().message() + "; " + message, memory.get().answers(), "");
    Reading together = read(both, conversation);
    boolean sameQuestion =
        together instanceof Question again && again.topic().equals(pending.get().topic());
    return together instanceof Lost
        ? alone
        : sameQuestion && alone instanceof Lost ? pending.get() : together;
  }

  /** Whether a message only adds to another: no verb and no things of its own. */
  private boolean complements(String message, Conversation conversation) {
    Request request = request(message, conversation);
    return request.clauses().stream()
        .allMatch(
            clause ->
                clause.verb().isEmpty() && clause.nouns().isEmpty() && clause.call().isEmpty());
  }

  private boolean isForbidden(String message, Conversation conversation) {
    return !request(message, conversation).forbidden().isEmpty();
  }

  private Request request(String message, Conversation conversation) {
    Lexicon lexicon = Lexicon.of(shared(conversation), conversation);
    var scan = Scanner.scan(Tokenizer.of(cut(message)), lexicon, conversation.tenant().currency());
    return Parser.parse(scan.found(), lexicon.services(), scan.notes());
  }

  private Reading fresh(String message, Conversation conversation) {
    return read(Memory.of(cut(message)), conversation);
  }

  private Reading read(Memory memory, Conversation conversation) {
    Lexicon lexicon = Lexicon.of(shared(conversation), conversation);
    var scan =
        Scanner.scan(Tokenizer.of(memory.message()), lexicon, conversation.tenant().currency());
    var scene = new Scene(conversation, lexicon);
    Request request = Parser.parse(scan.found(), lexicon.services(), scan.notes());
    Optional<Reading> question = Questions.read(scene, memory, scan.tokens(), scan.found());
    boolean ordering =
        request.clauses().stream().anyMatch(c -> c.verb().isPresent() && !c.nouns().isEmpty());
    if (question.isPresent() && (request.forbidden().isEmpty() || !ordering)) {
      return question.get();
    }
    if (!request.forbidden().isEmpty()) {
      return new Lost(Understood.of(request), request.forbidden(), BUTTONS);
    }
    boolean asks =
        question.isEmpty()
            && scan.tokens().stream()
                .findFirst()
                .filter(
                    t -> List.of("what", "who", "why", "when", "where", "how").contains(t.key()))
                .isPresent();
    if (asks || scan.found().isEmpty()) {
      return new Lost(Understood.of(request), request.unknown(), EXAMPLES);
    }
    return Composer.compose(request, scene, memory);
  }

  private static String cut(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST);
  }

  private Lexicon.Shared shared(Conversation conversation) {
    String key =
        conversation.accounts().stream()
            .map(account -> account.family() + ":" + revision(conversation, account))
            .distinct()
            .collect(Collectors.joining(" "));
    synchronized (lexicons) {
      return lexicons.computeIfAbsent(key, _ -> Lexicon.Shared.of(conversation));
    }
  }

  private static String revision(Conversation conversation, Account account) {
    return Optional.ofNullable(conversation.catalogs().get(account.id()))
        .map(Catalog::revision)
        .orElse("");
  }

  @Override
  public Check check() {
    return Check.ok("reads requests by grammar, without a model");
  }

  @Override
  public void close() {}
}
