package dev.parley.bot.discord;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;
import net.dv8tion.jda.api.components.container.Container;
import net.dv8tion.jda.api.components.container.ContainerChildComponent;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;
import net.dv8tion.jda.api.components.separator.Separator;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.utils.FileUpload;

/**
 * Cards as Components V2: one container with the tone's colour, text, pictures, files and a row of
 * buttons. Stays within 40 components and 4,000 characters; what does not fit goes along as a file.
 */
final class Renderer {
  /** Characters over all text of a message. */
  static final int TEXT = 4000;

  /** Components of a message, nested ones included. */
  static final int COMPONENTS = 40;

  private static final int ROOM_FOR_NOTE = 120;
  private static final int LABEL = 80;
  private static final int ROW = 5;
  private static final int ALT = 1024;
  private static final int LEAST = 60;

  /** The container's number if the card needs none of its own; Discord then gives one. */
  private static final int UNMARKED = -1;

  private Renderer() {}

  static Rendered of(Card card) {
    return of(card, UNMARKED);
  }

  /**
   * A card that can be found again by a number.
   *
   * @param mark positive; the id of its container
   */
  static Rendered of(Card card, int mark) {
    return new Work(card, List.of(), Optional.empty(), mark).render();
  }

  /**
   * A card that is sent to somebody directly, as an answer in another place.
   *
   * @param counts where presses of its buttons count
   */
  static Rendered directly(Card card, Place counts) {
    return new Work(card, List.of(), Optional.of(counts), UNMARKED).render();
  }

  /** A question, with the buttons that answer it and take it away. */
  static Rendered question(Card card, ButtonId answer, String yes, String no) {
    return new Work(
            card,
            List.of(
                net.dv8tion.jda.api.components.buttons.Button.danger(answer.toString(), label(yes)),
                net.dv8tion.jda.api.components.buttons.Button.secondary(
                    ButtonId.of(ButtonId.Kind.NEVER_MIND, "").toString(), label(no))),
            Optional.empty(),
            UNMARKED)
        .render();
  }

  private static final class Work {
    private final Card card;
    private final List<ContainerChildComponent> inside = new ArrayList<>();
    private final List<FileUpload> files = new ArrayList<>();
    private final Set<String> called = new LinkedHashSet<>();
    private int text;
    private int components = 1;
    private final List<net.dv8tion.jda.api.components.buttons.Button> more;
    private final Optional<Place> counts;
    private final int mark;
    private boolean cut;

    Work(
        Card card,
        List<net.dv8tion.jda.api.components.buttons.Button> more,
        Optional<Place> counts,
        int mark) {
      this.card = card;
      this.more = more;
      this.counts = counts;
      this.mark = mark;
    }

    Rendered render() {
      int count = card.buttons().size() + more.size();
      int buttons = count == 0 ? 0 : 1 + (count + ROW - 1) / ROW + count;
      add("### " + DiscordText.escaped(Inert.line(card.title())), buttons);
      for (Part part : card.parts()) {
        part(part, buttons);
      }
      if (cut) {
        whole();
      }
      if (buttons > 0) {
        inside.add(Separator.createDivider(Separator.Spacing.SMALL));
        inside.addAll(buttonRows());
      }
      Container all = Container.of(inside).withAccentColor(Integer.valueOf(colour()));
      return new Rendered(List.of(mark > 0 ? all.withUniqueId(mark) : all), files, called);
    }

    private void part(Part part, int reserved) {
      called.addAll(Parts.called(part));
      switch (part) {
        case Part.Image(var picture, var alt) -> {
          if (components + 2 + reserved > COMPONENTS) {
            cut = true;
          } else if (Parts.shows(picture)) {
            FileUpload file = upload(picture);
            inside.add(MediaGallery.of(MediaGalleryItem.fromFile(file).withDescription(alt(alt))));
            components += 1;
          } else {
            add("-# " + DiscordText.escaped(Inert.line("Picture: " + alt)), reserved);
          }
        }
        case Part.Attached(var file) -> {
          if (components + 2 + reserved > COMPONENTS) {
            cut = true;
          } else {
            inside.add(FileDisplay.fromFile(upload(file)));
            components += 1;
          }
        }
        default -> add(Parts.text(part), reserved);
      }
    }

    private void add(String markdown, int reserved) {
      if (markdown.isBlank()) {
        return;
      }
      int room = TEXT - ROOM_FOR_NOTE - text;
      if (components + 3 + reserved > COMPONENTS || room < LEAST) {
        cut = true;
        return;
      }
      String fitting = markdown;
      if (markdown.length() > room) {
        cut = true;
        fitting = DiscordText.beginning(markdown, room);
      }
      inside.add(TextDisplay.of(fitting));
      text += fitting.length();
      components += 1;
    }

    private void whole() {
      inside.add(TextDisplay.of("-# This card is longer than fits here; all of it is attached."));
      byte[] all =
          CardText.render(card.withButtons(List.of()), 100).getBytes(StandardCharsets.UTF_8);
      FileUpload file = FileUpload.fromData(all, name("card.txt"));
      files.add(file);
      inside.add(FileDisplay.fromFile(file));
    }

    private FileUpload upload(Part.Attachment attachment) {
      FileUpload file = FileUpload.fromData(attachment.bytes(), name(attachment.name()));
      files.add(file);
      return file;
    }

    /** Names of files are unique within a message and hold nothing to misread. */
    private String name(String wanted) {
      String plain = wanted.replaceAll("[^A-Za-z0-9._-]", "_");
      return files.isEmpty() ? plain : files.size() + "-" + plain;
    }

    private static String alt(String text) {
      String line = Inert.line(text);
      return line.length() <= ALT ? line : line.substring(0, ALT - 1) + "…";
    }

    private List<ActionRow> buttonRows() {
      var rows = new ArrayList<ActionRow>();
      List<net.dv8tion.jda.api.components.buttons.Button> all =
          new ArrayList<>(card.buttons().stream().map(this::button).toList());
      all.addAll(more);
      for (int from = 0; from < all.size(); from += ROW) {
        rows.add(ActionRow.of(all.subList(from, Math.min(all.size(), from + ROW))));
      }
      return rows;
    }

    private net.dv8tion.jda.api.components.buttons.Button button(Button button) {
      ButtonStyle style =
          switch (button.style()) {
            case PRIMARY -> ButtonStyle.SUCCESS;
            case DANGER -> ButtonStyle.DANGER;
            case PLAIN -> ButtonStyle.SECONDARY;
          };
      return net.dv8tion.jda.api.components.buttons.Button.of(
          style, customId(button), label(button.label()));
    }

    private String customId(Button button) {
      ButtonId.Kind kind = button.confirm().isPresent() ? ButtonId.Kind.ASKS : ButtonId.Kind.TELLS;
      ButtonId id = ButtonId.of(kind, button.token());
      return counts.map(id::in).orElse(id).toString();
    }

    private int colour() {
      return switch (card.tone()) {
        case NEUTRAL -> 0x5b8def;
        case GOOD -> 0x2e9e5b;
        case WARNING -> 0xd9a21b;
        case BAD -> 0xd0473e;
      };
    }
  }

  /** A button's label: one line of at most 80 characters. */
  static String label(String text) {
    String line = Inert.line(text);
    return line.length() <= LABEL ? line : line.substring(0, LABEL - 1) + "…";
  }
}
