package dev.parley.bot.testkit;

import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Conversation;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Planner;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A planner of few words: {@code bucket NAME [public] [in production|staging]}, {@code also bucket
 * NAME}, {@code N buckets NAME}, {@code bucket NAME waiting}, {@code delete NAME}, {@code what
 * exists?}. It asks for a missing name, and it can be held up.
 */
public final class WordPlanner implements Planner {
  static final ResourceType BUCKET = new ResourceType("test", "Bucket");
  static final String ACCOUNT = "acme-dev";
  private static final Pattern MAKE =
      Pattern.compile(
          "(?i)(?:please )?(also )?(?:(\\d{1,3}) )?buckets?(?: (?!public|in )([a-z0-9-]+))?("
              + " public)?( in production| in staging)?( rollback)?( waiting)?");
  private static final Pattern DELETE = Pattern.compile("(?i)delete ([a-z0-9-]+)( in production)?");

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on every reading waits until the latch is open. */
  public CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Every text that was read, and every turn that was shown. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public Reading read(String message, Conversation conversation) {
    heard.add(message);
    conversation.turns().forEach(turn -> heard.add(turn.text()));
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    Optional<Reading.Question> pending = conversation.pending();
    String text =
        pending
            .map(question -> question.memory().text("words").orElse("bucket") + " " + message)
            .orElse(message)
            .strip();
    if (text.equalsIgnoreCase("what exists?")) {
      return new Reading.Asks("list-resources", Map.of(), Optional.empty());
    }
    Matcher make = MAKE.matcher(text);
    if (make.matches()) {
      return make(make, conversation);
    }
    Matcher delete = DELETE.matcher(text);
    if (delete.matches()) {
      var want = new Want.Remove(new Address(ACCOUNT, BUCKET, delete.group(1)));
      return wanted(
          "delete " + delete.group(1),
          List.of(want),
          delete.group(2) == null ? "development" : "production",
          false,
          false);
    }
    return new Reading.Lost(
        text.contains("bucket") ? List.of("bucket") : List.of(),
        List.of(text),
        "Say `bucket NAME`.");
  }

  private Reading make(Matcher make, Conversation conversation) {
    if (make.group(3) == null) {
      return new Reading.Question(
          "name",
          "What shall the bucket be called?",
          List.of("logs", "assets"),
          Fields.of("words", Value.text("bucket")));
    }
    var wants = new ArrayList<Want>();
    if (make.group(1) != null) {
      conversation.current().ifPresent(draft -> wants.addAll(draft.wants()));
    }
    int count = make.group(2) == null ? 1 : Integer.parseInt(make.group(2));
    for (int i = 1; i <= count; i++) {
      String name = count == 1 ? make.group(3) : make.group(3) + "-" + i;
      Fields properties = Fields.of("public", Value.bool(make.group(4) != null));
      wants.add(new Want.Make(name, new Want.OfType(BUCKET, properties), Place.ANY));
    }
    String environment = make.group(5) == null ? "development" : make.group(5).strip().substring(3);
    return wanted(
        make.group().strip(), wants, environment, make.group(6) != null, make.group(7) != null);
  }

  private Reading wanted(
      String title, List<Want> wants, String environment, boolean rollback, boolean waits) {
    var draft =
        new Draft(
            title,
            Optional.of(environment),
            Place.ANY,
            wants,
            Map.of(),
            Optional.empty(),
            rollback,
            waits ? Optional.of(WhenChatIsDown.WAIT) : Optional.empty(),
            name());
    return new Reading.Wanted(draft, title, List.of(), Optional.empty());
  }

  @Override
  public Check check() {
    return Check.ok("always there");
  }

  @Override
  public void close() {}
}
