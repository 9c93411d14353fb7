package dev.parley.bot.assistant;

import dev.parley.engine.json.Yaml;
import dev.parley.plan.Conversation;
import dev.parley.plan.Reading;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Conversations with what is expected of them. */
final class Corpus {
  /**
   * One conversation; the expectation is about its last message.
   *
   * @param where file and line
   */
  record Entry(String where, String world, List<String> says, Expectation expectation) {
    Reading read(OfflinePlanner planner) {
      Conversation conversation = Worlds.of(world);
      Reading reading = new Reading.Lost(List.of(), List.of(), "");
      for (String message : says) {
        reading = planner.read(message, conversation);
        conversation = Worlds.after(conversation, message, reading);
      }
      return reading;
    }

    @Override
    public String toString() {
      String last = says.getLast().replace('\n', ' ');
      return where + " " + (last.length() > 90 ? last.substring(0, 90) + "…" : last);
    }
  }

  private Corpus() {}

  static List<Entry> read(String file) {
    Yaml yaml = Yaml.parse(file, TestCatalogs.text("/corpus/" + file));
    var entries = new ArrayList<Entry>();
    List<Value> items = ((Items) yaml.value()).items();
    for (int i = 0; i < items.size(); i++) {
      Fields entry = (Fields) items.get(i);
      var says = new ArrayList<String>();
      if (entry.get("say").orElseThrow() instanceof Items(var several)) {
        several.forEach(one -> says.add(text(one)));
      } else {
        says.add(text(entry.get("say").orElseThrow()));
      }
      entries.add(
          new Entry(
              yaml.where(Pointer.ROOT.child(Integer.toString(i))),
              entry.text("world").orElse("empty"),
              says,
              new Expectation(entry.fieldsAt("expect"))));
    }
    return entries;
  }

  private static String text(Value value) {
    return value instanceof Text(var text) ? text : dev.parley.value.CanonicalJson.write(value);
  }
}
