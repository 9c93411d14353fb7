package dev.parley.bot.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.value.Invalid;
import dev.parley.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void every_kind_of_line_is_read() {
    Script script =
        Script.parse(
            "all.txt",
            """
            # a comment
            --- thread shop
            ann: two web servers
              behind a load balancer
            > event plan 1
            > json plan /verdict/findings/*/rule == "AWS-EC2-007"
            > not contains $0.00
            bob: [Reject] too dear
            bob: [Approve] on v1
            bob: :+1:
            bob: -:+1:
            @meanwhile
            @crash
            @wait run
            @advance 25h
            > button Approve
            """);
    assertThat(script.lines())
        .containsExactly(
            new Script.Goes(2, "shop"),
            new Script.Says(3, "ann", "two web servers\nbehind a load balancer"),
            new Script.Expects(5, new Expectation.Events("plan", false, Optional.of(1))),
            new Script.Expects(
                6,
                new Expectation.JsonAt(
                    "plan", "/verdict/findings/*/rule", "==", Value.text("AWS-EC2-007"))),
            new Script.Expects(7, new Expectation.Contains("$0.00", true)),
            new Script.Presses(8, "bob", "Reject", "too dear", 0),
            new Script.Presses(9, "bob", "Approve", "", 1),
            new Script.Reacts(10, "bob", "+1", false),
            new Script.Reacts(11, "bob", "+1", true),
            new Script.Meanwhile(12),
            new Script.Crashes(13),
            new Script.Waits(14),
            new Script.Advances(15, Duration.ofHours(25)),
            new Script.Expects(16, new Expectation.Offers("Approve", false)));
  }

  @Test
  void all_mistakes_are_told_with_their_lines() {
    var invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                Script.parse(
                    "bad.txt",
                    """
                    > contains too early
                    ann hello
                    ann: hello
                    > looks fine
                    > json /a == {broken
                    > event party
                    @fly
                    @advance soon
                    ---
                    """));
    assertThat(invalid.problems())
        .extracting(p -> p.where())
        .isEqualTo(
            List.of(
                "bad.txt, line 1",
                "bad.txt, line 2",
                "bad.txt, line 4",
                "bad.txt, line 5",
                "bad.txt, line 6",
                "bad.txt, line 7",
                "bad.txt, line 8",
                "bad.txt, line 9"));
    assertThat(invalid.problems()).allSatisfy(p -> assertThat(p.next()).isNotBlank());
  }

  @Test
  void an_empty_script_is_a_mistake_too() {
    assertThat(
            catchThrowableOfType(Invalid.class, () -> Script.parse("empty.txt", "# nothing\n"))
                .problems())
        .hasSize(1);
  }
}
