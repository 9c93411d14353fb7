package dev.parley.app.command;

import dev.parley.app.house.Chats;
import dev.parley.app.house.Front;
import dev.parley.app.house.Installation;
import dev.parley.app.settings.Settings;
import dev.parley.bot.console.ConsoleSurface;
import dev.parley.bot.console.Screen;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Parley with its surfaces, until somebody ends it. */
final class Serving {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Serving() {}

  /** Serves; returns when the terminal conversation ends, or the process is told to stop. */
  static int serve(Settings settings, boolean terminal) throws IOException, InterruptedException {
    Installation house = Installation.open(settings);
    var closed = new AtomicBoolean();
    Runnable close =
        () -> {
          if (closed.compareAndSet(false, true)) {
            forget(settings.data());
            house.close();
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(close));
    try {
      String tenant = house.tenant("");
      Bot bot = house.bot(BotSettings.of(tenant));
      Front front = Front.open(house, tenant, bot, Chats.open(house));
      Running.note(settings.data(), ProcessHandle.current().pid(), front);
      System.out.println(
          front.page()
              ? "Parley is ready. The page: "
                  + front.base()
                  + "   SPARQL: "
                  + front.base().resolve("sparql")
              : "Parley is ready.");
      front.probes().ifPresent(port -> System.out.println("Probes are answered at port " + port));
      System.out.flush();
      house.warm();
      if (terminal) {
        var console =
            new ConsoleSurface(
                Screen.system(),
                speakers(house, tenant),
                house.clock(),
                () -> UUID.randomUUID().toString(),
                settings.data().resolve("files"));
        bot.attach(console);
        console.run(() -> bot.quiet(LONGEST));
      } else {
        new CountDownLatch(1).await();
      }
      return 0;
    } finally {
      close.run();
    }
  }

  private static List<String> speakers(Installation house, String tenant) {
    List<String> people = house.settings().speakers(tenant, ConsoleSurface.ID);
    if (people.isEmpty()) {
      throw new Invalid(
          new Problem(
              "surfaces.console",
              "the terminal",
              "no user of " + tenant + " is linked to it",
              "add people: [\"console::NAME\"] to a user, or set surfaces: {console: {enabled:"
                  + " false}}"));
    }
    return people;
  }

  private static void forget(Path data) {
    try {
      Running.forget(data);
    } catch (IOException e) {
      System.err.println("parley: " + e.getMessage());
    }
  }
}
