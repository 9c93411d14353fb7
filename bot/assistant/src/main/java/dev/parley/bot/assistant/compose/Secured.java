package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Request;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;

/** What is wanted with https: its usual port, and a word on the certificate and the host name. */
final class Secured {
  private static final int PORT = 443;

  private final Scene scene;
  private final Work work;

  Secured(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  void complete(Request request) {
    for (Make make : work.makes()) {
      boolean touched = work.touched().contains(make.name());
      if (!touched
          || !(make.what() instanceof OfService(var service, var arguments))
          || scene.services().offerings(service).isEmpty()) {
        continue;
      }
      boolean secure =
          arguments.text("protocol").filter("https"::equals).isPresent()
              && scene.services().takes(service, "certificate");
      if (!secure) {
        continue;
      }
      if (arguments.get("port").isEmpty() && scene.services().takes(service, "port")) {
        work.put(Work.with(make, Fields.of("port", Value.num(PORT))));
      }
      if (arguments.get("certificate").isEmpty()) {
        work.note(
            make.name()
                + " has no certificate for https: until you name one (certificate=…) it passes port"
                + " "
                + PORT
                + " on as it comes, and its targets must speak TLS themselves.");
      }
      request.clauses().stream()
          .filter(clause -> !scene.services().takes(service, "domain"))
          .flatMap(clause -> clause.domains().stream())
          .map(domain -> domain.name())
          .filter(
              domain ->
                  work.makes().stream()
                      .noneMatch(
                          m ->
                              m.what() instanceof OfService(_, var a)
                                  && a.text("domain").filter(domain::equals).isPresent()))
          .findFirst()
          .ifPresent(
              domain ->
                  work.note(
                      "No DNS record is made for "
                          + domain
                          + ". For one, say: point "
                          + domain
                          + " to "
                          + make.name()
                          + "."));
    }
  }
}
