package dev.parley.bot.talk;

/** That a rule be held back, as somebody asked for it. */
record WaiverWish(
    String plan, String rule, String addresses, int days, String reason, String requestedBy) {}
