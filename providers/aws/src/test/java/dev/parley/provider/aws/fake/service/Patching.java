package dev.parley.provider.aws.fake.service;

import dev.parley.engine.catalog.Patterns;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.Patch;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Patches of models: what they may touch, and what becomes of the model. */
final class Patching {
  private Patching() {}

  /**
   * The model after a patch of what a read shows.
   *
   * @throws ServiceError if it can't be carried out, or touches what can't be changed
   */
  static Fields patched(FakeType type, String text, Fields base) {
    Fields after;
    Patch patch;
    try {
      patch = Patch.of(text);
      after = patch.on(base);
    } catch (IllegalArgumentException e) {
      throw ServiceError.validation("Invalid patch update: " + e.getMessage());
    }
    var readOnly = new ArrayList<String>();
    for (Pointer pattern : type.pointers("readOnlyProperties")) {
      boolean touched = patch.touched().stream().anyMatch(at -> Patterns.covers(pattern, at));
      boolean changed = !values(pattern, after).isEmpty() && differs(pattern, base, after);
      if (touched || changed) {
        readOnly.add("/properties" + pattern);
      }
    }
    if (!readOnly.isEmpty()) {
      throw ServiceError.validation(
          "Invalid patch update: readOnlyProperties " + readOnly + " cannot be updated");
    }
    var fixed = new ArrayList<String>();
    for (Pointer pattern : type.pointers("createOnlyProperties")) {
      if (differs(pattern, base, after)) {
        fixed.add("/properties" + pattern);
      }
    }
    if (!fixed.isEmpty()) {
      throw new ServiceError(
          400,
          "NotUpdatableException",
          "Invalid patch update: createOnlyProperties " + fixed + " cannot be updated");
    }
    return lowered(type, kept(type, base, after));
  }

  /** What only the service sets stays, also where its parent was replaced as a whole. */
  private static Fields kept(FakeType type, Fields base, Fields after) {
    Fields kept = after;
    for (Pointer pattern : type.pointers("readOnlyProperties")) {
      for (Pointer place : Patterns.places(pattern, base)) {
        if (!pattern.segments().contains("*")) {
          kept = place.set(kept, place.in(base).orElseThrow());
        }
      }
    }
    return kept;
  }

  /** With what the handler writes in lower case. */
  static Fields lowered(FakeType type, Fields properties) {
    Fields lowered = properties;
    for (Pointer at : type.manners().lower()) {
      if (at.in(lowered).orElse(Value.NULL) instanceof Text(var text)) {
        lowered = at.set(lowered, Value.text(text.toLowerCase(Locale.ROOT)));
      }
    }
    return lowered;
  }

  /** Whether something else stands where a pattern means. */
  static boolean differs(Pointer pattern, Fields base, Fields after) {
    List<Value> was = values(pattern, base);
    return !was.equals(values(pattern, after));
  }

  /** What stands where a pattern means. */
  static List<Value> values(Pointer pattern, Fields in) {
    return Patterns.places(pattern, in).stream().map(at -> at.in(in).orElseThrow()).toList();
  }
}
