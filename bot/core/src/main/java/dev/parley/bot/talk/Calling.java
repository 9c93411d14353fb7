package dev.parley.bot.talk;

import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How users are named where a card is shown: called by a mention, which reaches them on a chat
 * platform that knows them; by their id anywhere else.
 */
final class Calling {
  /** More than these would wake a crowd for what one of them can do. */
  private static final int MOST = 6;

  private final Engine engine;
  private final String tenant;
  private final Voice voice;

  Calling(Engine engine, String tenant, Voice voice) {
    this.engine = engine;
    this.tenant = tenant;
    this.voice = voice;
  }

  /** Who a user is at a place. */
  List<Person> people(Place place, String user) {
    return engine.directory().people(tenant, user, place.surface(), place.workspace());
  }

  /** Each of them, called if the place knows them. */
  List<Prose> each(Place place, Collection<String> users) {
    return users.stream()
        .flatMap(
            user -> {
              List<Person> here = people(place, user);
              return here.isEmpty()
                  ? Stream.of(Prose.of(user))
                  : here.stream().map(Prose.Mention::new);
            })
        .toList();
  }

  /**
   * Those who may do something, in a row: called where people are away, and only if they are few.
   */
  Prose those(Place place, Collection<String> users) {
    if (users.size() > MOST || !voice.remote(place)) {
      return Prose.of(String.join(", ", users));
    }
    var row = new ArrayList<Prose>();
    for (Prose one : each(place, users)) {
      if (!row.isEmpty()) {
        row.add(Prose.of(", "));
      }
      row.add(one);
    }
    return new Prose.Run(row);
  }
}
