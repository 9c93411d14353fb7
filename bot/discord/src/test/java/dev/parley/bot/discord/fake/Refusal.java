package dev.parley.bot.discord.fake;

/** Discord's own answer to a wrong request. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final int status;
  final int code;

  Refusal(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static Refusal form(String message) {
    return new Refusal(400, 50035, "Invalid Form Body: " + message);
  }
}
