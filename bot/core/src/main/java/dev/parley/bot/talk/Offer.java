package dev.parley.bot.talk;

import dev.parley.bot.surface.Button;
import java.util.Optional;

/** A button before it has a token: what it says and what it does. */
record Offer(Button.Style style, String label, Action action, Optional<Button.Confirm> confirm) {
  static Offer primary(String label, Action action) {
    return new Offer(Button.Style.PRIMARY, label, action, Optional.empty());
  }

  static Offer plain(String label, Action action) {
    return new Offer(Button.Style.PLAIN, label, action, Optional.empty());
  }

  static Offer danger(String label, Action action) {
    return new Offer(Button.Style.DANGER, label, action, Optional.empty());
  }

  Offer confirmed(String title, String text, String yes) {
    return new Offer(
        style, label, action, Optional.of(new Button.Confirm(title, text, yes, "Not now")));
  }
}
