package dev.parley.bot.discord;

import dev.parley.bot.surface.Form;
import dev.parley.bot.text.Inert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.label.LabelChildComponent;
import net.dv8tion.jda.api.components.selections.StringSelectMenu;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.interactions.modals.ModalInteraction;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import net.dv8tion.jda.api.modals.Modal;

/** A form as a modal: at most five questions, short words. */
final class DiscordForm {
  private static final int TITLE = Modal.MAX_TITLE_LENGTH;
  private static final int LABEL = Label.LABEL_MAX_LENGTH;
  private static final int CHOICES = 25;
  private static final int CHOICE = 100;
  private static final int LONGEST = 1500;

  private DiscordForm() {}

  /**
   * A form.
   *
   * @param id comes back when it is sent; at most 100 characters
   */
  static Modal of(Form form, String id) {
    var modal = Modal.create(id, cut(form.title(), TITLE));
    form.fields().stream()
        .limit(Modal.MAX_COMPONENTS)
        .forEach(field -> modal.addComponents(Label.of(cut(field.label(), LABEL), input(field))));
    return modal.build();
  }

  private static LabelChildComponent input(Form.Field field) {
    if (field.choices().isEmpty() || field.choices().size() > CHOICES) {
      return TextInput.create(field.name(), TextInputStyle.PARAGRAPH)
          .setRequired(field.required())
          .setMaxLength(LONGEST)
          .build();
    }
    var menu = StringSelectMenu.create(field.name()).setRequired(field.required());
    for (String choice : field.choices()) {
      menu.addOption(cut(choice, CHOICE), cut(choice, CHOICE));
    }
    return menu.build();
  }

  /** What was answered, by the fields' names. */
  static Map<String, String> answers(ModalInteraction sent) {
    var answers = new LinkedHashMap<String, String>();
    for (ModalMapping value : sent.getValues()) {
      answers.put(value.getCustomId(), text(value));
    }
    return answers;
  }

  private static String text(ModalMapping value) {
    return switch (value.getType()) {
      case STRING_SELECT -> String.join(", ", List.copyOf(value.getAsStringList()));
      default -> value.getAsString();
    };
  }

  private static String cut(String text, int longest) {
    String line = Inert.line(text);
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
