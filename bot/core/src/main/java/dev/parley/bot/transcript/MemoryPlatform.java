package dev.parley.bot.transcript;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import java.util.Map;
import java.util.Optional;

/** The in-memory surface as a stage; its threads have the names that the script gives them. */
record MemoryPlatform(MemorySurface memory) implements Platform {
  @Override
  public Surface surface() {
    return memory;
  }

  @Override
  public Place say(String person, String thread, Optional<Place> place, String text) {
    memory.say(memory.human(person), memory.place(thread), text);
    return memory.place(thread);
  }

  @Override
  public void press(String person, Place place, String message, Button button) {
    memory.press(memory.human(person), place, message, button.token());
  }

  @Override
  public void submit(String person, Place place, Form form, Map<String, String> fields) {
    memory.submit(memory.human(person), place, form, fields);
  }

  @Override
  public void react(String person, MessageRef message, String emoji, boolean taken) {
    if (taken) {
      memory.noEmoji(memory.human(person), message, emoji);
    } else {
      memory.emoji(memory.human(person), message, emoji);
    }
  }
}
