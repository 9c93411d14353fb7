package dev.parley.provider.sandbox.cloud;

import dev.parley.engine.json.Json;
import dev.parley.provider.sandbox.cloud.Commit.Used;
import dev.parley.resource.Lifecycle;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** A commit as one line of JSON; written by hand, since it is the cloud's busiest place. */
final class CommitLine {
  private CommitLine() {}

  static String write(Commit commit) {
    var line = new LinkedHashMap<String, Value>();
    line.put("family", Value.text(commit.family()));
    line.put("account", Value.text(commit.account()));
    line.put("put", items(commit.put(), CommitLine::item));
    line.put("gone", items(commit.gone(), Value::text));
    line.put("undertakings", items(commit.undertakings(), CommitLine::undertaking));
    line.put("tokens", items(commit.tokens(), CommitLine::used));
    return Json.write(new Fields(line));
  }

  static Commit read(String line) {
    Fields read = (Fields) Json.parsePlain(line);
    return new Commit(
        text(read, "family"),
        text(read, "account"),
        read.itemsAt("put").stream().map(one -> item((Fields) one)).toList(),
        read.itemsAt("gone").stream().map(one -> ((Text) one).text()).toList(),
        read.itemsAt("undertakings").stream().map(one -> undertaking((Fields) one)).toList(),
        read.itemsAt("tokens").stream().map(one -> used((Fields) one)).toList());
  }

  private static <T> Items items(List<T> all, Function<T, Value> write) {
    return new Items(all.stream().map(write).toList());
  }

  private static Value item(Item item) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("type", Value.text(item.type()));
    fields.put("region", Value.text(item.region()));
    fields.put("id", Value.text(item.id()));
    fields.put("name", Value.text(item.name()));
    fields.put("properties", item.properties());
    fields.put("correlation", Value.text(item.correlation()));
    fields.put("lifecycle", Value.text(item.lifecycle().name()));
    fields.put("version", Value.num(item.version()));
    fields.put("operation", Value.text(item.operation()));
    fields.put("created", Value.text(item.created().toString()));
    fields.put("ready", Value.text(item.ready().toString()));
    return new Fields(fields);
  }

  private static Item item(Fields read) {
    return new Item(
        text(read, "type"),
        text(read, "region"),
        text(read, "id"),
        text(read, "name"),
        read.fieldsAt("properties"),
        text(read, "correlation"),
        Lifecycle.valueOf(text(read, "lifecycle")),
        ((Num) read.get("version").orElse(Value.num(1))).number().longValue(),
        text(read, "operation"),
        Instant.parse(text(read, "created")),
        Instant.parse(text(read, "ready")));
  }

  private static Value undertaking(Undertaking one) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("id", Value.text(one.id()));
    fields.put("verb", Value.text(one.verb().name()));
    fields.put("key", Value.text(one.key()));
    fields.put("resourceId", Value.text(one.resourceId()));
    fields.put("name", Value.text(one.name()));
    fields.put("started", Value.text(one.started().toString()));
    fields.put("due", Value.text(one.due().toString()));
    fields.put("state", Value.text(one.state().name()));
    fields.put("after", one.after());
    fields.put("trouble", Value.text(one.trouble()));
    fields.put("message", Value.text(one.message()));
    return new Fields(fields);
  }

  private static Undertaking undertaking(Fields read) {
    return new Undertaking(
        text(read, "id"),
        Request.Verb.valueOf(text(read, "verb")),
        text(read, "key"),
        text(read, "resourceId"),
        text(read, "name"),
        Instant.parse(text(read, "started")),
        Instant.parse(text(read, "due")),
        Undertaking.State.valueOf(text(read, "state")),
        read.fieldsAt("after"),
        text(read, "trouble"),
        text(read, "message"));
  }

  private static Value used(Used used) {
    return Fields.of("token", Value.text(used.token()))
        .with("digest", Value.text(used.digest()))
        .with("undertaking", Value.text(used.undertaking()))
        .with("at", Value.text(used.at().toString()));
  }

  private static Used used(Fields read) {
    return new Used(
        text(read, "token"),
        text(read, "digest"),
        text(read, "undertaking"),
        Instant.parse(text(read, "at")));
  }

  private static String text(Fields read, String name) {
    return read.text(name).orElse("");
  }
}
