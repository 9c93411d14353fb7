package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.link.Link;
import dev.parley.bot.link.Links;
import dev.parley.bot.surface.Inbound;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import java.util.List;
import java.util.Optional;

/**
 * How somebody whom a surface knows becomes somebody whom the tenant knows: they get a code there
 * in private, and say it where they are known already, or have an admin say it; who says it sees
 * whom it stands for, and confirms. Display names play no part.
 */
final class Linking {
  private final Engine engine;
  private final String tenant;
  private final Voice voice;
  private final Links links;

  Linking(Engine engine, String tenant, Voice voice, Links links) {
    this.engine = engine;
    this.tenant = tenant;
    this.voice = voice;
    this.links = links;
  }

  /** {@code link}: a code for whoever asks. */
  void ask(Inbound said, Optional<User> user) {
    if (user.isPresent()) {
      voice.whisper(
          said,
          Notice.say(
              "You are linked already",
              said.speaker().person() + " is " + user.get().id() + ". `unlink` ends it."));
    } else if (!voice.whispers(said.place())) {
      voice.whisper(
          said,
          Notice.warn(
              "Not here",
              "A code is for your eyes only, and nothing can be said in private here."));
    } else {
      String code = links.code(said.speaker().person());
      voice.whisper(
          said,
          Notice.say(
              "Your code is " + code,
              "Within 10 minutes, say `link "
                  + code
                  + "` to Parley where you are known already (terminal, web page, another chat) and"
                  + " confirm; or give it to an admin, who says `link "
                  + code
                  + " as <your user>`. It works once. Whoever confirms it lets "
                  + said.speaker().person()
                  + " act as that user."));
    }
  }

  /** {@code link CODE [as USER]}: shows who would be linked, and asks. */
  void show(Inbound said, User user, String code, Optional<String> as) {
    String ticket = Links.ticket(code);
    Optional<Person> person = links.wants(ticket);
    String whom = as.orElse(user.id());
    if (person.isEmpty()) {
      stale(said);
    } else if (!whom.equals(user.id()) && !user.is(Role.ADMIN)) {
      voice.whisper(
          said,
          Notice.warn("You may link yourself only", "To link somebody else takes the role admin."));
    } else if (engine.directory().user(tenant, whom).isEmpty()) {
      voice.whisper(said, Notice.warn("No user " + whom, "The tenant knows nobody by that id."));
    } else if (engine.directory().user(tenant, person.get()).isPresent()) {
      voice.whisper(said, Notice.warn(person.get() + " is linked already", "End that link first."));
    } else {
      voice.whisper(
          said,
          Notice.warn(
              "Shall " + person.get() + " be " + whom + "?",
              person.get()
                  + " asked to be linked. If you confirm, that person asks for and approves changes"
                  + " as "
                  + whom
                  + ". Confirm only if you or somebody you trust just asked for this code."),
          List.of(
              Offer.danger("Link", new Action.LinkPerson(ticket, whom)),
              Offer.plain("Not now", new Action.Dismiss())));
    }
  }

  /** The confirmation; one at a time, so that two codes of one person make one link. */
  synchronized void confirmed(Inbound pressed, User user, Action.LinkPerson action) {
    boolean may = action.user().equals(user.id()) || user.is(Role.ADMIN);
    boolean stands =
        links
            .wants(action.ticket())
            .flatMap(person -> engine.directory().user(tenant, person))
            .isPresent();
    boolean known = engine.directory().user(tenant, action.user()).isPresent();
    Optional<Link> link =
        may && known && !stands
            ? links.confirm(action.ticket(), action.user(), user.id(), pressed.speaker().person())
            : Optional.empty();
    if (link.isEmpty()) {
      stale(pressed);
      return;
    }
    String about = link.get().person() + " as " + link.get().user();
    engine.note(tenant, user, "linked a person", about);
    voice.whisper(
        pressed, Notice.good("Linked", about + ". `unlink " + link.get().person() + "` ends it."));
  }

  /** {@code unlink [person]}: ends one's own link, or as an admin anybody's. */
  void end(Inbound said, User user, Optional<String> named) {
    Person own = said.speaker().person();
    Optional<Person> person = named.map(Linking::person).orElse(Optional.of(own));
    if (person.isEmpty()) {
      voice.whisper(
          said,
          Notice.warn("No such person", "A person is surface:workspace:id, as `whoami` says it."));
      return;
    }
    boolean mine = links.of(person.get()).map(l -> l.user().equals(user.id())).orElse(false);
    if (!mine && !user.is(Role.ADMIN)) {
      voice.whisper(
          said,
          Notice.warn("You may end your own link only", "Anybody else's takes the role admin."));
      return;
    }
    Optional<Link> ended = links.end(person.get());
    if (ended.isEmpty()) {
      voice.whisper(
          said,
          Notice.warn(
              "Nothing to end",
              person.get() + " was not linked in the chat. What the configuration says stays."));
      return;
    }
    engine.note(tenant, user, "ended a link", person.get() + " as " + ended.get().user());
    voice.whisper(
        said, Notice.say("The link is ended", person.get() + " is nobody here any more."));
  }

  private void stale(Inbound inbound) {
    voice.whisper(
        inbound,
        Notice.warn(
            "The code is not good any more; nothing changed",
            "A code works once, within 10 minutes. Say `link` where you want to be known to get"
                + " another."));
  }

  private static Optional<Person> person(String text) {
    String[] parts = text.split(":", 3);
    return switch (parts.length) {
      case 2 -> Optional.of(new Person(parts[0], "", parts[1]));
      case 3 -> Optional.of(new Person(parts[0], parts[1], parts[2]));
      default -> Optional.empty();
    };
  }
}
