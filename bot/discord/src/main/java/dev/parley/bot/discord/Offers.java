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
