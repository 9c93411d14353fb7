package dev.parley.bot.discord;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.callbacks.IMessageEditCallback;
import net.dv8tion.jda.api.interactions.callbacks.IModalCallback;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.requests.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presses, forms and commands that Discord waits for an answer to: three seconds for the first one,
 * a quarter of an hour for the rest. A form can only be the first answer; so the first one is held
 * back a moment, in case the bot asks for a form, and then says "heard" without words.
 */
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final Duration PATIENCE = Duration.ofMillis(700);
  private static final Duration ENDS = Duration.ofMinutes(14);

  /** What Discord says once it waits no longer. */
  private static final Set<ErrorResponse> OVER =
      EnumSet.of(
          ErrorResponse.UNKNOWN_INTERACTION,
          ErrorResponse.UNKNOWN_WEBHOOK,
          ErrorResponse.INVALID_WEBHOOK_TOKEN);

  private final ScheduledExecutorService timer;
  private final Map<String, Exchange> open = new ConcurrentHashMap<>();
  private final Map<String, Form> late = new ConcurrentHashMap<>();

  private static final class Exchange {
    private final IReplyCallback event;
    private final boolean question;
    private boolean answered;

    Exchange(IReplyCallback event, boolean question) {
      this.event = event;
      this.question = question;
    }
  }

  Exchanges(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Begins one; its first answer goes out by itself if the bot gives none in time.
   *
   * @param question whether it answers a question of ours, which then has done its work and goes
   */
  void begin(String delivery, IReplyCallback event, boolean question) {
    var exchange = new Exchange(event, question);
    if (open.putIfAbsent(delivery, exchange) != null) {
      return;
    }
    timer.schedule(
        () -> Thread.ofVirtual().start(() -> acknowledge(exchange)),
        PATIENCE.toMillis(),
        TimeUnit.MILLISECONDS);
    timer.schedule(() -> open.remove(delivery), ENDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends one without an answer. */
  void drop(String delivery) {
    Exchange exchange = open.remove(delivery);
    if (exchange != null) {
      synchronized (exchange) {
        exchange.answered = true;
      }
    }
  }

  private static void acknowledge(Exchange exchange) {
    synchronized (exchange) {
      if (exchange.answered) {
        return;
      }
      exchange.answered = true;
      try {
        if (exchange.event instanceof IMessageEditCallback onMessage) {
          onMessage.deferEdit().complete();
          if (exchange.question) {
            exchange.event.getHook().deleteOriginal().complete();
          }
        } else {
          exchange
              .event
              .reply("On it: the answer comes in this channel.")
              .setEphemeral(true)
              .complete();
        }
      } catch (RuntimeException e) {
        LOG.warn("Discord did not take an acknowledgement: {}", e.getMessage());
      }
    }
  }

  /**
   * Shows a card to the person of an exchange alone.
   *
   * @return false if there is no such exchange, or it is over
   */
  boolean whisper(Inbound answered, Card card) {
    String delivery = answered.delivery();
    Exchange exchange = open.get(delivery);
    if (exchange == null) {
      return false;
    }
    if (exchange.question) {
      acknowledge(exchange);
    }
    Rendered rendered =
        elsewhere(exchange, answered.place())
            ? Renderer.directly(card, answered.place())
            : Renderer.of(card);
    synchronized (exchange) {
      try {
        answer(exchange, rendered);
        return true;
      } catch (ErrorResponseException e) {
        if (!OVER.contains(e.getErrorResponse())) {
          throw Failures.of("a private answer", e);
        }
        open.remove(delivery);
        return false;
      }
    }
  }

  private static void answer(Exchange exchange, Rendered rendered) {
    if (exchange.answered) {
      exchange
          .event
          .getHook()
          .sendMessageComponents(rendered.components())
          .useComponentsV2()
          .addFiles(rendered.files())
          .setEphemeral(true)
          .complete();
      return;
    }
    exchange.answered = true;
    exchange
        .event
        .replyComponents(rendered.components())
        .useComponentsV2()
        .addFiles(rendered.files())
        .setEphemeral(true)
        .complete();
  }

  /**
   * Opens a form; if the moment for it is over, a button that opens it.
   *
   * @return false if there is no such exchange, or it is over
   */
  boolean ask(Inbound answered, Form form) {
    String delivery = answered.delivery();
    late.put(form.token(), form);
    timer.schedule(() -> late.remove(form.token()), ENDS.toMillis(), TimeUnit.MILLISECONDS);
    Exchange exchange = open.get(delivery);
    if (exchange == null) {
      return false;
    }
    Modal modal = DiscordForm.of(form, named(exchange, answered.place(), form.token()));
    synchronized (exchange) {
      if (!exchange.answered && exchange.event instanceof IModalCallback asked) {
        exchange.answered = true;
        try {
          asked.replyModal(modal).complete();
          return true;
        } catch (ErrorResponseException e) {
          LOG.warn("Discord did not take a form: {}", e.getMeaning());
        }
      }
    }
    return whisper(answered, Offers.form(form));
  }

  /** A form that is opened from a direct message says where it counts. */
  private static String named(Exchange exchange, Place counts, String token) {
    return elsewhere(exchange, counts)
        ? ButtonId.of(ButtonId.Kind.TELLS, token).in(counts).toString()
        : token;
  }

  /** Whether what is done in a direct message counts in a channel. */
  private static boolean elsewhere(Exchange exchange, Place counts) {
    return exchange.event.getGuild() == null && !counts.direct();
  }

  /** A form that waits behind a button. */
  Optional<Form> waiting(String token) {
    return Optional.ofNullable(late.get(token));
  }
}
