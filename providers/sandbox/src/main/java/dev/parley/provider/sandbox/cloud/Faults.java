package dev.parley.provider.sandbox.cloud;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.provider.sandbox.cloud.Fault.Effect;
import dev.parley.value.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripted faults of a cloud: set by a program, read from {@code faults.yaml} in its folder
 * (again whenever the file changes), and named by a resource's own tag {@code sandbox:fault} (or
 * label {@code sandbox-fault}), for example {@code fail}, {@code throttle:2}.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final Pattern TAG = Pattern.compile("([A-Za-z-]+?)(?:[:_-]?(\\d+|always))?");
  private static final Set<Effect> OF_HEALTH = EnumSet.of(Effect.UNHEALTHY);

  private final Optional<Path> file;
  private List<Fault> set = List.of();
  private List<Fault> read = List.of();
  private Optional<FileTime> modified = Optional.empty();
  private long looked = Long.MIN_VALUE;
  private final Map<Object, Integer> counts = new HashMap<>();

  Faults(Optional<Path> file) {
    this.file = file;
  }

  /** From now on these, beside those of the file; counting starts anew. */
  synchronized void set(List<Fault> faults) {
    set = List.copyOf(faults);
    counts.clear();
  }

  /** Those of the program and of the file. */
  synchronized List<Fault> all() {
    look();
    var all = new ArrayList<>(set);
    all.addAll(read);
    return all;
  }

  /** What strikes this call, if anything does; counts the call. */
  synchronized Optional<Fault> strike(
      String account,
      Request.Verb verb,
      String typeName,
      String resourceName,
      Optional<String> tag) {
    look();
    Optional<Fault> struck =
        tag.flatMap(text -> tagged(account, verb, typeName, resourceName, text));
    for (List<Fault> list : List.of(set, read)) {
      for (Fault fault : list) {
        if (struck.isEmpty() && fault.fits(verb, typeName, resourceName) && counts(fault, fault)) {
          struck = Optional.of(fault);
        }
      }
    }
    return struck;
  }

  private Optional<Fault> tagged(
      String account, Request.Verb verb, String typeName, String resourceName, String text) {
    Matcher matcher = TAG.matcher(text.trim());
    Optional<Effect> effect = matcher.matches() ? Effect.of(matcher.group(1)) : Optional.empty();
    boolean health = verb == Request.Verb.HEALTH;
    if (effect.isEmpty()
        || OF_HEALTH.contains(effect.get()) != health
        || !(health || verb == Request.Verb.CREATE)) {
      return Optional.empty();
    }
    String times = Optional.ofNullable(matcher.group(2)).orElse(health ? "always" : "1");
    var fault =
        new Fault(
            verb.word(),
            typeName,
            resourceName,
            1,
            times.equals("always") ? -1 : Integer.parseInt(times),
            effect.get(),
            effect.get() == Effect.SLOW ? 60 : 1);
    return counts(fault, List.of(account, fault)) ? Optional.of(fault) : Optional.empty();
  }

  private boolean counts(Fault fault, Object key) {
    int call = counts.merge(key, 1, Integer::sum);
    return call >= fault.from() && (fault.times() < 0 || call < fault.from() + fault.times());
  }

  private void look() {
    long now = System.nanoTime();
    if (file.isEmpty() || looked != Long.MIN_VALUE && now - looked < 50_000_000L) {
      return;
    }
    looked = now;
    try {
      Optional<FileTime> time =
          Files.exists(file.get())
              ? Optional.of(Files.getLastModifiedTime(file.get()))
              : Optional.empty();
      if (time.equals(modified)) {
        return;
      }
      modified = time;
      if (time.isEmpty()) {
        read = List.of();
        return;
      }
      Form form = Form.of(Yaml.parse(file.get().toString(), Files.readString(file.get())));
      List<Fault> faults = Fault.all(form, "faults");
      form.done();
      form.check();
      read = faults;
      LOG.info("faults read file={} count={}", file.get(), faults.size());
    } catch (Invalid e) {
      LOG.warn("faults kept, file is wrong: {}", e.getMessage());
    } catch (IOException e) {
      LOG.warn("faults kept, file can't be read: {}", e.toString());
    }
  }
}
