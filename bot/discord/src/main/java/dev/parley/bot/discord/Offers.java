package dev.parley.bot.discord;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Part;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/** Small cards that Discord's own ways make necessary. */
final class Offers {
  private Offers() {}

  /** A form behind a button, since it came too late to open by itself. */
  static Card form(Form form) {
    return notice(
        form.title(),
        "One more step: press to answer.",
        List.of(new Button(Button.Style.PRIMARY, form.submit(), form.token(), Optional.empty())));
  }

  /** What somebody is told in the thread whose direct messages are closed; tells nothing else. */
  static Card closed() {
    return notice(
        "A word for you alone",
        "I have an answer only for you, but you take no direct messages from me. Allow them for"
            + " this server, or ask with /parley: then only you see it.",
        List.of());
  }

  /** Where there are no threads, and so no place for a plan. */
  static Card threadless() {
    return notice(
        "Not in this channel",
        "It has no threads, and every request gets one. Ask me in a text channel.",
        List.of());
  }

  /** In a server that the configuration does not name, or that the bot was not invited to. */
  static Card stranger() {
    return notice(
        "Not on this server",
        "I am not set up for it, and nothing was done. An admin names it in the configuration"
            + " (surfaces.discord.workspaces) and invites me.",
        List.of());
  }

  /** To somebody who may no longer see the channel that a button belongs to. */
  static Card outside() {
    return notice(
        "That does not count",
        "You can't see the channel this belongs to, so nothing has changed.",
        List.of());
  }

  /** What was done was not taken. */
  static Card failed() {
    return notice(
        "That was not taken",
        "Something went wrong, and nothing has changed. Try again.",
        List.of());
  }

  private static Card notice(String title, String text, List<Button> buttons) {
    return new Card(
        Card.Stage.NOTICE,
        Card.Tone.NEUTRAL,
        title,
        List.of(Part.text(text)),
        buttons,
        text,
        Fields.EMPTY);
  }
}
