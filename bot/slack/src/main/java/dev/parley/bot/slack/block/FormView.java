package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Form;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A form as a modal, and a sent modal as answers. */
public final class FormView {
  /** The modal's {@code callback_id}. */
  public static final String ID = "parley.form";

  private static final String ANSWER = "answer";

  private FormView() {}

  /**
   * The view's JSON.
   *
   * @param metadata comes back when it is sent; at most 3000 characters
   */
  public static String of(Form form, String metadata) {
    var blocks = new ArrayList<Fields>();
    if (form.title().length() > Limits.VIEW_TITLE) {
      blocks.add(
          Block.richText(
              List.of(
                  Block.section(List.of(Rich.bold(Words.line(form.title(), Limits.SECTION)))))));
    }
    List<Form.Field> fields = form.fields();
    for (int i = 0; i < Math.min(fields.size(), Limits.VIEW_BLOCKS - 1); i++) {
      blocks.add(input(fields.get(i)));
    }
    return Json.write(
        Block.of("modal")
            .with("callback_id", Value.text(ID))
            .with("title", Block.plain(some(form.title(), "Parley")))
            .with("submit", Block.plain(some(form.submit(), "Send")))
            .with("close", Block.plain("Cancel"))
            .with("private_metadata", Value.text(metadata))
            .with("blocks", Block.items(blocks)));
  }

  private static String some(String text, String otherwise) {
    String line = Words.line(text, Limits.VIEW_TITLE);
    return line.isBlank() ? otherwise : line;
  }

  private static Fields input(Form.Field field) {
    String label = Words.line(field.label(), Limits.FIELD_LABEL);
    return Block.of("input")
        .with("block_id", Value.text(Words.cut(field.name(), Limits.BLOCK_ID)))
        .with("optional", Value.bool(!field.required()))
        .with("label", Block.plain(label.isBlank() ? field.name() : label))
        .with("element", element(field));
  }

  private static Fields element(Form.Field field) {
    if (field.choices().isEmpty()) {
      return Block.of("plain_text_input")
          .with("action_id", Value.text(ANSWER))
          .with("multiline", Value.bool(true))
          .with("max_length", Value.num(Limits.FIELD_TEXT));
    }
    var options = new ArrayList<Value>();
    for (String choice :
        field.choices().subList(0, Math.min(field.choices().size(), Limits.CHOICES))) {
      String label = Words.line(choice, Limits.LABEL);
      options.add(
          Fields.of("text", Block.plain(label.isBlank() ? "–" : label))
              .with("value", Value.text(Words.cut(choice, Limits.CHOICE))));
    }
    return Block.of("static_select")
        .with("action_id", Value.text(ANSWER))
        .with("options", new Items(options));
  }

  /**
   * The answers of a sent modal, by field.
   *
   * @param view as it came back
   */
  public static Map<String, String> answers(Fields view) {
    var answers = new HashMap<String, String>();
    view.fieldsAt("state")
        .fieldsAt("values")
        .fields()
        .forEach(
            (field, value) -> {
              Fields answer = value instanceof Fields f ? f.fieldsAt(ANSWER) : Fields.EMPTY;
              answers.put(
                  field,
                  answer
                      .fieldsAt("selected_option")
                      .text("value")
                      .or(() -> answer.text("value"))
                      .orElse(""));
            });
    return answers;
  }
}
