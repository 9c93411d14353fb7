package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.app.house.Operator;
import dev.parley.bot.link.Link;
import dev.parley.engine.json.Codec;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley link}. */
@Command(
    name = "link",
    description =
        "Makes somebody in a chat a user: they say link to Parley there and get a code, which you"
            + " give here. Works beside a running Parley and without one.",
    mixinStandardHelpOptions = true)
final class LinkCommand implements Callable<Integer> {
  @Mixin DataFolder data = new DataFolder();
  @Mixin Configured configured = new Configured();

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "default: the one whose bot gave the code")
  String tenant = "";

  @Option(names = "--user", paramLabel = "ID", required = true, description = "who they are")
  String user = "";

  @Parameters(paramLabel = "CODE", description = "good for ten minutes, once")
  String code = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Running> running = configured.running(data.folder());
    Link link = running.isPresent() ? tell(running.get()) : make();
    System.out.println("linked: " + link.person() + " is " + link.user());
    return 0;
  }

  private Link tell(Running running) throws IOException, InterruptedException {
    Fields asked = Fields.of("code", Value.text(code)).with("user", Value.text(user));
    return Codec.decode((Fields) running.tell(tenant, "links", asked), Link.class);
  }

  private Link make() {
    try (var house = Installation.open(configured.settings(data.folder()))) {
      return new Operator(house, List::of).link(tenant, code, user);
    }
  }
}
