package dev.parley.bot.surface;

import java.util.List;

/** A few questions at once. */
public record Form(String token, String title, List<Field> fields, String submit) {
  public Form {
    fields = List.copyOf(fields);
  }

  /**
   * One question.
   *
   * @param choices empty for free text
   */
  public record Field(String name, String label, boolean required, List<String> choices) {
    public Field {
      choices = List.copyOf(choices);
    }
  }
}
