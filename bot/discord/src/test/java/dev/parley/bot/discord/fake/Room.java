package dev.parley.bot.discord.fake;

/**
 * A channel, thread or direct conversation.
 *
 * @param type Discord's number: 0 text, 1 direct, 2 voice, 5 announcements, 11 thread, 15 forum
 * @param parent a thread's channel; otherwise empty
 * @param with whose direct conversation; otherwise empty
 * @param owner who made a thread; otherwise empty
 * @param denied permissions that the bot was denied here, as Discord's bits
 */
record Room(
    String id,
    int type,
    String name,
    String parent,
    String with,
    String owner,
    boolean archived,
    boolean locked,
    long denied) {
  static final int TEXT = 0;
  static final int DIRECT = 1;
  static final int THREAD = 11;

  static Room channel(String id, int type, String name) {
    return new Room(id, type, name, "", "", "", false, false, 0);
  }

  static Room direct(String id, String with) {
    return new Room(id, DIRECT, "", "", with, "", false, false, 0);
  }

  static Room thread(String id, String name, String parent, String owner) {
    return new Room(id, THREAD, name, parent, "", owner, false, false, 0);
  }

  Room archived(boolean now, boolean nowLocked) {
    return new Room(id, type, name, parent, with, owner, now, nowLocked, denied);
  }

  Room denying(long permissions) {
    return new Room(id, type, name, parent, with, owner, archived, locked, permissions);
  }

  boolean direct() {
    return type == DIRECT;
  }

  boolean thread() {
    return type == THREAD;
  }
}
