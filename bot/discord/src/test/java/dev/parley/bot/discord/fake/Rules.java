package dev.parley.bot.discord.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Discord takes in a message or a form, and its refusals, as documented for version 10. */
public final class Rules {
  static final int V2 = 1 << 15;
  static final int EPHEMERAL = 1 << 6;
  private static final Set<String> MESSAGE =
      Set.of(
          "content",
          "nonce",
          "enforce_nonce",
          "tts",
          "embeds",
          "allowed_mentions",
          "components",
          "sticker_ids",
          "attachments",
          "flags",
          "message_reference",
          "poll");

  private Rules() {}

  /** Checks a message; gives its custom ids. */
  public static Set<String> message(Fields body, List<String> files, boolean edit) {
    for (String field : body.fields().keySet()) {
      if (!MESSAGE.contains(field)) {
        throw Refusal.form("unknown field " + field);
      }
    }
    int flags = Obj.number(body, "flags");
    boolean v2 = (flags & V2) != 0;
    String content = body.text("content").orElse("");
    List<Value> components = body.itemsAt("components");
    if (content.length() > 2000) {
      throw Refusal.form("content: must be 2000 or fewer in length");
    }
    if (v2
        && (!content.isEmpty()
            || !body.itemsAt("embeds").isEmpty()
            || body.get("poll").filter(p -> p instanceof Fields).isPresent())) {
      throw Refusal.form("content, embeds and poll may not stand beside components v2");
    }
    if (!v2 && !edit && content.isEmpty() && components.isEmpty() && files.isEmpty()) {
      throw new Refusal(400, 50006, "Cannot send an empty message");
    }
    body.text("nonce")
        .filter(nonce -> nonce.length() > 25)
        .ifPresent(
            _ -> {
              throw Refusal.form("nonce: must be 25 or fewer in length");
            });
    if (!body.fields().containsKey("allowed_mentions") && !edit) {
      throw Refusal.form("allowed_mentions is missing: this stand-in wants every ping decided");
    }
    var ids = new HashSet<String>();
    if (v2) {
      var walk = new Walk(files, ids);
      components.forEach(component -> walk.component((Fields) component));
      walk.done();
    } else if (!components.isEmpty()) {
      throw Refusal.form("components without the v2 flag are not used here");
    }
    return ids;
  }

  private static final class Walk {
    private final List<String> files;
    private final Set<String> ids;
    private final Set<String> shown = new HashSet<>();
    private int count;
    private int text;

    Walk(List<String> files, Set<String> ids) {
      this.files = files;
      this.ids = ids;
    }

    void component(Fields one) {
      count++;
      switch (Obj.number(one, "type")) {
        case 17 -> one.itemsAt("components").forEach(child -> component((Fields) child));
        case 10 -> {
          String content = one.text("content").orElse("");
          if (content.isEmpty()) {
            throw Refusal.form("text display: content is required");
          }
          text += content.length();
        }
        case 14 -> {}
        case 12 -> {
          List<Value> items = one.itemsAt("items");
          if (items.isEmpty() || items.size() > 10) {
            throw Refusal.form("media gallery: 1 to 10 items");
          }
          for (Value item : items) {
            shows(((Fields) item).fieldsAt("media"));
            if (((Fields) item).text("description").orElse("").length() > 1024) {
              throw Refusal.form("description: 1024 or fewer");
            }
          }
        }
        case 13 -> shows(one.fieldsAt("file"));
        case 1 -> row(one);
        default -> throw Refusal.form("component type " + Obj.number(one, "type"));
      }
    }

    private void shows(Fields media) {
      String url = media.text("url").orElse("");
      if (!url.startsWith("attachment://")) {
        throw Refusal.form("url: only attachments are shown here, not " + url);
      }
      String name = url.substring("attachment://".length());
      if (!files.contains(name)) {
        throw Refusal.form("there is no attachment " + name + " among " + files);
      }
      shown.add(name);
    }

    private void row(Fields row) {
      List<Value> buttons = row.itemsAt("components");
      if (buttons.isEmpty() || buttons.size() > 5) {
        throw Refusal.form("action row: 1 to 5 buttons");
      }
      for (Value one : buttons) {
        count++;
        Fields button = (Fields) one;
        if (Obj.number(button, "type") != 2) {
          throw Refusal.form("action row: buttons only");
        }
        String id = button.text("custom_id").orElse("");
        if (id.isEmpty() || id.length() > 100) {
          throw Refusal.form("custom_id: 1 to 100 in length");
        }
        if (!ids.add(id)) {
          throw Refusal.form("custom_id: component custom id cannot be duplicated");
        }
        String label = button.text("label").orElse("");
        if (label.isEmpty() || label.length() > 80) {
          throw Refusal.form("label: 1 to 80 in length");
        }
      }
    }

    void done() {
      if (count > 40) {
        throw Refusal.form("components: " + count + " of at most 40");
      }
      if (text > 4000) {
        throw Refusal.form("components: " + text + " of at most 4000 characters");
      }
      if (!shown.containsAll(files)) {
        throw Refusal.form("a file that no component shows");
      }
    }
  }

  /** Checks a form; gives the names of its fields. */
  static List<String> modal(Fields modal) {
    within("custom_id", modal, 100);
    within("title", modal, 45);
    List<Value> parts = modal.itemsAt("components");
    if (parts.isEmpty() || parts.size() > 5) {
      throw Refusal.form("a modal has 1 to 5 components");
    }
    var names = new ArrayList<String>();
    for (Value part : parts) {
      Fields label = (Fields) part;
      if (Obj.number(label, "type") != 18) {
        throw Refusal.form("a modal's components are labels");
      }
      within("label", label, 45);
      Fields input = label.fieldsAt("component");
      if (Obj.number(input, "type") != 4 && Obj.number(input, "type") != 3) {
        throw Refusal.form("a label holds a text input or a menu");
      }
      within("custom_id", input, 100);
      names.add(input.text("custom_id").orElseThrow());
    }
    return names;
  }

  private static void within(String field, Fields of, int longest) {
    int length = of.text(field).orElse("").length();
    if (length == 0 || length > longest) {
      throw Refusal.form(field + ": 1 to " + longest + " in length, not " + length);
    }
  }
}
