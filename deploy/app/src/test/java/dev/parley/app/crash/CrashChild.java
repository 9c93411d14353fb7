package dev.parley.app.crash;

import dev.parley.app.house.Installation;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.SettingsFile;
import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.ResourceType;
import dev.parley.run.Run;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed: plans, votes and runs in the first account, one thread of
 * conversation after the other, and prints what has been acknowledged to it. {@code FOLDER
 * SETTINGS.yaml RESOURCES [finish]} with so many resources in each plan; with {@code finish} it
 * ends what is under way, prints what there is, and stops.
 */
final class CrashChild {
  private final Engine engine;
  private final String tenant;
  private final int resources;
  private final User ann;

  private CrashChild(Engine engine, String tenant, int resources) {
    this.engine = engine;
    this.tenant = tenant;
    this.resources = resources;
    this.ann = engine.directory().user(tenant, "ann").orElseThrow();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String text = Files.readString(Path.of(args[1]));
    var settings =
        SettingsFile.read(
                args[1], text, folder, System.getenv(), ConfiguredAccounts.factories().keySet())
            .in(folder);
    var house = Installation.open(settings);
    say("READY");
    String tenant = house.tenant("");
    var child = new CrashChild(house.engine(), tenant, Integer.parseInt(args[2]));
    boolean finish = args.length > 3;
    for (int i = 1; ; i++) {
      if (finish && house.engine().latest(tenant, thread(i)).isEmpty()) {
        break;
      }
      child.carryOut(i);
    }
    child.report();
    house.close();
  }

  private static String thread(int i) {
    return "crash/" + i;
  }

  private void carryOut(int i) {
    Proposal proposal = engine.latest(tenant, thread(i)).orElseGet(() -> propose(i));
    String plan = proposal.plan().id();
    if (runOf(plan).filter(run -> run.state().ended()).isPresent()) {
      return; // done before, and acknowledged then or never
    }
    Approval approval = engine.approval(tenant, plan).orElseThrow();
    if (approval.state() == Approval.State.OPEN) {
      var cast =
          new Engine.VoteCast(
              tenant,
              plan,
              proposal.digest(),
              new Person("console", "", "bob"),
              Vote.Decision.APPROVE,
              Vote.Means.BUTTON,
              "");
      Engine.Ballot ballot = engine.vote(cast);
      if (ballot.receipt().isEmpty()) {
        throw new IllegalStateException("not approved: " + ballot.message());
      }
      say("ACK vote " + plan + " " + ballot.receipt().get().id());
    }
    for (Optional<Run> run = runOf(plan); ; run = runOf(plan)) {
      if (run.isPresent() && run.get().state().ended()) {
        say("ACK run " + run.get().id() + " " + run.get().state());
        return;
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private Optional<Run> runOf(String plan) {
    return engine.runs(tenant).stream().filter(run -> run.plan().equals(plan)).findFirst();
  }

  private Proposal propose(int i) {
    var wants = new ArrayList<Want>();
    String type = "aws:AWS::SQS::Queue";
    for (int k = 0; k < resources; k++) {
      Fields properties = Fields.of("QueueName", Value.text("q-" + i + "-" + k));
      if (k % 3 > 0) {
        var target = new Value.Ref("q-" + i + "-" + (k - 1), "/Arn");
        properties =
            properties.with(
                "RedrivePolicy",
                Fields.of("deadLetterTargetArn", target).with("maxReceiveCount", Value.num(3)));
      }
      wants.add(
          new Want.Make(
              "q-" + i + "-" + k, new Want.OfType(ResourceType.of(type), properties), Place.ANY));
    }
    var draft =
        new Draft(
            "queues " + i,
            Optional.of("development"),
            Place.ANY,
            wants,
            Map.of(),
            Optional.empty(),
            false,
            "offline");
    return switch (engine.propose(tenant, thread(i), ann, "queues " + i, draft)) {
      case Engine.Outcome.Proposed(var proposal, _, _) -> {
        say("ACK proposal " + proposal.plan().id());
        yield proposal;
      }
      case Engine.Outcome.Rejected(var problems) ->
          throw new IllegalStateException(problems.toString());
      case Engine.Outcome.Nothing _ -> throw new IllegalStateException("nothing to do");
    };
  }

  private void report() {
    List<Run> runs = engine.runs(tenant);
    runs.forEach(run -> say("HAS run " + run.id() + " " + run.state()));
    engine.proposals(tenant).forEach(proposal -> say("HAS proposal " + proposal.plan().id()));
    runs.forEach(
        run ->
            say(
                "HAS receipt "
                    + run.receipt()
                    + (engine.receipt(tenant, run.receipt()).isPresent() ? "" : " (lost)")));
    say("HAS tracked " + engine.tracked(tenant).size());
    var audit = engine.verifyAudit(tenant);
    say("HAS audit " + (audit.intact() ? "intact" : "broken " + audit.detail()));
    var answer =
        engine.ask(
            tenant,
            new dev.parley.knowledge.Ask.Ready("list-resources", Map.of(), Optional.empty()));
    say("HAS graph " + answer.rows().size());
    say("DONE");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
