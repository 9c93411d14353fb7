package dev.parley.bot.discord.fake;

import java.util.Optional;

/** A press, form or command that waits for answers by its token. */
final class Exchange {
  final String id;
  final String token;
  final String user;
  final String channel;

  /** The message whose component was pressed; empty for a command or a form. */
  final String message;

  /** Nanoseconds of the world's clock. */
  final long began;

  /** The kind of the first answer; 0 as long as there is none. */
  int answered;

  /** The message that is the answer itself; empty if there is none. */
  String original = "";

  Optional<FakeDiscord.Opened> form = Optional.empty();

  Exchange(String id, String token, String user, String channel, String message, long began) {
    this.id = id;
    this.token = token;
    this.user = user;
    this.channel = channel;
    this.message = message;
    this.began = began;
  }
}
