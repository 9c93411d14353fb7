package dev.parley.bot.discord.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A message as Discord keeps it. */
public final class Posted {
  public final String id;
  public final String channel;
  public final String author;
  public final String nonce;

  /** The one person who sees it; empty if everybody does. */
  final String only;

  String content;
  Fields body;
  List<String> files;
  public final Set<String> reactions = new LinkedHashSet<>();

  /** Discord's number of its kind: 0 is what somebody wrote, others are the system's words. */
  int type;

  /** Whether a webhook of the guild said it; then the author is the webhook. */
  boolean webhook;

  /** The message it is a reply to; empty if to none. */
  String answers = "";

  /** When it was last edited by its author; empty if never. */
  String edited = "";

  /** Every state it was shown in, as text. */
  public final List<String> seen = new CopyOnWriteArrayList<>();

  /** When each of them was, in nanoseconds of a steady clock. */
  public final List<Long> times = new CopyOnWriteArrayList<>();

  public boolean gone;

  Posted(
      String id,
      String channel,
      String author,
      String nonce,
      String only,
      Fields body,
      List<String> files) {
    this.id = id;
    this.channel = channel;
    this.author = author;
    this.nonce = nonce;
    this.only = only;
    show(body, files);
  }

  void show(Fields shown, List<String> with) {
    body = shown;
    files = with;
    content = shown.text("content").orElse("");
    times.add(System.nanoTime());
    seen.add(text());
  }

  /** All words that a person reads in it. */
  public String text() {
    var out = new StringBuilder(content);
    body.itemsAt("components").forEach(one -> words((Fields) one, out));
    return out.toString();
  }

  private static void words(Fields component, StringBuilder out) {
    component.text("content").ifPresent(text -> out.append(text).append('\n'));
    component.text("label").ifPresent(text -> out.append('[').append(text).append("]\n"));
    for (Value item : component.itemsAt("items")) {
      ((Fields) item).text("description").ifPresent(text -> out.append(text).append('\n'));
    }
    component.itemsAt("components").forEach(child -> words((Fields) child, out));
  }

  /** Its buttons, in order. */
  public List<Fields> buttons() {
    var all = new ArrayList<Fields>();
    body.itemsAt("components").forEach(one -> buttons((Fields) one, all));
    return all;
  }

  private static void buttons(Fields component, List<Fields> all) {
    if (Obj.number(component, "type") == 2) {
      all.add(component);
    }
    component.itemsAt("components").forEach(child -> buttons((Fields) child, all));
  }
}
