package dev.parley.bot.discord;

import java.util.EnumSet;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.messages.MessageRequest;
import okhttp3.OkHttpClient;

/** How the bot enters Discord: least intents, no caches, nobody pinged unless named. */
final class Login {
  private static final String VERSION = "v10";

  /** Seconds; JDA would double its pauses up to a quarter of an hour. */
  private static final int LONGEST_PAUSE = 60;

  /** Without a privileged one: mentions and direct messages can be read all the same. */
  static final Set<GatewayIntent> INTENTS =
      Set.copyOf(
          EnumSet.of(
              GatewayIntent.GUILD_MESSAGES,
              GatewayIntent.GUILD_MESSAGE_REACTIONS,
              GatewayIntent.DIRECT_MESSAGES));

  private Login() {}

  /** Begins to connect. */
  static JDA of(DiscordSettings settings, Object... listeners) {
    MessageRequest.setDefaultMentions(EnumSet.noneOf(Message.MentionType.class));
    var intents = EnumSet.copyOf(INTENTS);
    if (settings.everything()) {
      intents.add(GatewayIntent.MESSAGE_CONTENT);
    }
    var builder =
        JDABuilder.createLight(settings.token(), intents)
            .setMaxReconnectDelay(LONGEST_PAUSE)
            .setHttpClientBuilder(new OkHttpClient.Builder().addInterceptor(new Steady()))
            .addEventListeners(listeners);
    settings
        .api()
        .ifPresent(
            api ->
                builder.setRestConfig(
                    new RestConfig()
                        .setBaseUrl(api.toString().replaceFirst("/*$", "/") + VERSION + "/")));
    if (settings.gateway().isPresent()) {
      builder.setCompression(Compression.NONE);
      builder.setSessionController(new Gateway(settings.gateway()));
    }
    JDA opened = builder.build();
    opened.setRequiredScopes("applications.commands");
    return opened;
  }

  /** The one slash command. */
  static SlashCommandData command() {
    return Commands.slash("parley", "Ask Parley for infrastructure, or about it")
        .addOption(
            OptionType.STRING, InteractionListener.WORDS, "What you want; help lists it all", true);
  }
}
