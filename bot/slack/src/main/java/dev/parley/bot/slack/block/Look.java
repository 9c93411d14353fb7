package dev.parley.bot.slack.block;

/** Which blocks a workspace can show. */
public enum Look {
  /** Everything: tables, and tasks that tell their state by themselves. */
  NATIVE,
  /** Only what Block Kit has always had, for a workspace that refuses the newer blocks. */
  CLASSIC,
  /** No blocks at all, for a card whose blocks were refused for whatever reason. */
  WORDS
}
