package dev.parley.bot.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.Person;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LinksTest {
  private static final Person STRANGER = new Person("slack", "T1", "U1");
  private static final Person ANN = new Person("console", "", "ann");
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemoryStore store = new MemoryStore(new MemoryJournal(clock));
  private final AtomicLong counter = new AtomicLong();
  private final Links links = links("demo");

  private Links links(String tenant) {
    return new Links(store, tenant, clock, () -> "random-" + counter.incrementAndGet());
  }

  @Test
  void a_code_stands_for_one_person_and_links_them_when_confirmed() {
    String ticket = Links.ticket(links.code(STRANGER));
    assertThat(links.wants(ticket)).contains(STRANGER);
    assertThat(links.of(STRANGER)).isEmpty();
    var link = new Link(STRANGER, "ann", "ann", ANN, clock.instant());
    assertThat(links.confirm(ticket, "ann", "ann", ANN)).contains(link);
    assertThat(links.of(STRANGER)).contains(link);
    assertThat(links.all()).containsExactly(link);
  }

  @Test
  void a_code_is_good_for_ten_minutes_and_no_longer() {
    String ticket = Links.ticket(links.code(STRANGER));
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(links.wants(ticket)).contains(STRANGER);
    clock.advance(Duration.ofMillis(1));
    assertThat(links.wants(ticket)).isEmpty();
    assertThat(links.confirm(ticket, "ann", "ann", ANN)).isEmpty();
    assertThat(links.all()).isEmpty();
  }

  @Test
  void a_code_works_once() {
    String ticket = Links.ticket(links.code(STRANGER));
    links.confirm(ticket, "ann", "ann", ANN);
    assertThat(links.confirm(ticket, "bob", "bob", ANN)).isEmpty();
    assertThat(links.of(STRANGER)).map(Link::user).contains("ann");
  }

  @Test
  void of_many_who_confirm_one_code_at_once_one_wins() throws InterruptedException {
    String ticket = Links.ticket(links.code(STRANGER));
    var won = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 20; i++) {
      String user = "user-" + i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> links.confirm(ticket, user, user, ANN).ifPresent(_ -> won.addAndGet(1))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(won).hasValue(1);
  }

  @Test
  void a_forged_or_altered_code_is_refused() {
    String code = links.code(STRANGER);
    String altered = (code.charAt(0) == 'A' ? "B" : "A") + code.substring(1);
    for (String forged : List.of("", "0000000000000000", altered, code.substring(1), code + "0")) {
      assertThat(links.wants(Links.ticket(forged))).isEmpty();
      assertThat(links.confirm(Links.ticket(forged), "ann", "ann", ANN)).isEmpty();
    }
    assertThat(links.confirm(code, "ann", "ann", ANN)).as("the code is not its ticket").isEmpty();
  }

  @Test
  void a_code_may_be_typed_in_small_letters_with_space_around_it() {
    String code = links.code(STRANGER);
    assertThat(Links.ticket("  " + code.toLowerCase(java.util.Locale.ROOT) + " "))
        .isEqualTo(Links.ticket(code));
  }

  @Test
  void a_code_is_worth_nothing_in_another_tenant() {
    String ticket = Links.ticket(links.code(STRANGER));
    assertThat(links("other").wants(ticket)).isEmpty();
  }

  @Test
  void the_store_never_holds_the_code_itself() {
    String code = links.code(STRANGER);
    store
        .journal()
        .replay(
            0,
            entry ->
                assertThat(entry.toString().toUpperCase(java.util.Locale.ROOT))
                    .doesNotContain(code));
  }

  @Test
  void old_codes_are_forgotten_when_a_new_one_is_made() {
    links.code(STRANGER);
    clock.advance(Duration.ofMinutes(11));
    links.code(STRANGER);
    assertThat(store.list("demo", "bot-link-code")).hasSize(1);
  }

  @Test
  void a_link_ends_once_and_leaves_nothing() {
    links.confirm(Links.ticket(links.code(STRANGER)), "ann", "ann", ANN);
    assertThat(links.end(STRANGER)).map(Link::user).contains("ann");
    assertThat(links.of(STRANGER)).isEmpty();
    assertThat(links.end(STRANGER)).isEmpty();
  }

  @Test
  void people_whose_parts_look_alike_together_are_different_people() {
    links.confirm(Links.ticket(links.code(new Person("s", "a", "b:c"))), "ann", "ann", ANN);
    assertThat(links.of(new Person("s", "a:b", "c"))).isEmpty();
    assertThat(links.of(new Person("s:a", "b", "c"))).isEmpty();
    assertThat(links.of(new Person("s", "a", "B:C"))).isEmpty();
  }
}
