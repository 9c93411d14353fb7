package dev.parley.bot.slack;

import com.slack.api.model.Message;
import dev.parley.bot.slack.block.CardMessage;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our messages: posted once for each key, edited in order. The key stands on the message as
 * metadata, which people don't see.
 */
final class Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
  private static final String EVENT = "parley_card";
  private static final String KEY = "key";
  private static final String REST = "rest";
  private static final int MOST = 20_000;
  private static final int LOCKS = 64;
  private static final int PAGE = 200;

  private final Web web;
  private final Looks looks;
  private final Uploads uploads;
  private final Threads threads;
  private final Reminder reminder;
  private final Recent<String, MessageRef> byKey = new Recent<>(MOST);
  private final Recent<MessageRef, String> keys = new Recent<>(MOST);
  private final Recent<MessageRef, Long> revisions = new Recent<>(MOST);
  private final Recent<MessageRef, Integer> rests = new Recent<>(MOST);
  private final Recent<MessageRef, Boolean> owing = new Recent<>(MOST);
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  Messages(Web web, Looks looks, Uploads uploads, Threads threads) {
    this.web = web;
    this.looks = looks;
    this.uploads = uploads;
    this.threads = threads;
    this.reminder = new Reminder(web);
  }

  MessageRef post(Place place, Card asked, String key) {
    Card card = reminder.on(place, asked);
    synchronized (lock(key)) {
      Optional<MessageRef> known = byKey.get(key);
      if (known.isPresent()) {
        pay(known.get(), card);
        return known.get();
      }
      Sent sent = looks.send(place, card, drawn -> new Sent(drawn, posted(place, drawn, key)));
      var message = new MessageRef(place, sent.ts());
      remember(message, key);
      if (sent.drawn().rest().isPresent()) {
        owing.put(message, false);
        pay(message, card);
      }
      return message;
    }
  }

  /** Sends the file that a message speaks of, if it did not follow it yet. */
  private void pay(MessageRef message, Card card) {
    Optional<Boolean> doubtful = owing.get(message);
    if (doubtful.isEmpty()) {
      return;
    }
    Part.Attachment whole = CardMessage.whole(card);
    if (!doubtful.get() || find(below(message), whole, title(card)).isEmpty()) {
      rest(message, card, whole);
    }
    owing.take(message);
  }

  /** In its thread; in the channel, if the message that the thread hung on was deleted. */
  private String posted(Place place, CardMessage drawn, String key) {
    try {
      return post(place, drawn, key);
    } catch (SurfaceFailure.Refused e) {
      if (place.thread().isEmpty() || !SlackErrors.says(e, "thread_not_found")) {
        throw e;
      }
      return post(place.root(), drawn, key);
    }
  }

  private record Sent(CardMessage drawn, String ts) {}

  private String post(Place place, CardMessage drawn, String key) {
    return web.change(
            place,
            "chat.postMessage",
            client ->
                client.chatPostMessage(
                    r ->
                        r.channel(Channel.id(place))
                            .threadTs(place.thread().orElse(null))
                            .text(drawn.text())
                            .blocksAsString(drawn.json())
                            .metadataAsString(metadata(key, drawn.rest().isPresent()))
                            .mrkdwn(false)
                            .parse("none")
                            .linkNames(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)))
        .getTs();
  }

  /** What people don't see: the key, and whether a file is to follow. */
  private static String metadata(String key, boolean rest) {
    Fields payload = Fields.of(KEY, Value.text(key));
    return Json.write(
        Fields.of("event_type", Value.text(EVENT))
            .with("event_payload", rest ? payload.with(REST, Value.text("yes")) : payload));
  }

  private void remember(MessageRef message, String key) {
    byKey.put(key, message);
    keys.put(message, key);
    threads.remember(message);
  }

  /** The whole card, where some of it had no room; the same text is sent once. */
  private void rest(MessageRef message, Card card, Part.Attachment rest) {
    int digest = Arrays.hashCode(rest.bytes());
    if (rests.get(message).filter(former -> former == digest).isPresent()) {
      return;
    }
    uploads.send(below(message), rest, title(card), "rest:" + message.id() + ":" + digest);
    rests.put(message, digest);
  }

  private static String title(Card card) {
    return "All of: " + card.title();
  }

  private static Place below(MessageRef message) {
    return message.place().thread().isPresent()
        ? message.place()
        : message.place().in(message.id());
  }

  /** Looks where the message would be for one with this key. */
  Optional<MessageRef> find(Place place, String key) {
    Optional<MessageRef> known = byKey.get(key);
    if (known.isPresent()) {
      return known;
    }
    return latest(place).stream()
        .filter(message -> key.equals(said(message, KEY)))
        .findFirst()
        .flatMap(message -> found(message, place, key));
  }

  /** Looks where a file would be for one that reads the same: Slack lets it bear no key. */
  Optional<MessageRef> find(Place place, Part.Attachment file, String words) {
    return latest(place).stream()
        .flatMap(message -> Stream.ofNullable(message.getFiles()).flatMap(List::stream))
        .filter(
            one ->
                file.name().equals(one.getName())
                    && Uploads.title(words).equals(one.getTitle())
                    && Integer.valueOf(file.bytes().length).equals(one.getSize()))
        .map(one -> new MessageRef(place, one.getId()))
        .findFirst();
  }

  /** One whose file may not have followed is to be posted again, which only sends the file. */
  private Optional<MessageRef> found(Message message, Place place, String key) {
    var found = new MessageRef(place, message.getTs());
    remember(found, key);
    if (said(message, REST).isEmpty()) {
      return Optional.of(found);
    }
    owing.put(found, true);
    return Optional.empty();
  }

  private List<Message> latest(Place place) {
    String channel = Channel.id(place);
    try {
      List<Message> found =
          place.thread().isPresent()
              ? web.tryRead(
                      place.workspace(),
                      "conversations.replies",
                      client ->
                          client.conversationsReplies(
                              r ->
                                  r.channel(channel)
                                      .ts(place.thread().get())
                                      .limit(PAGE)
                                      .includeAllMetadata(true)))
                  .getMessages()
              : web.tryRead(
                      place.workspace(),
                      "conversations.history",
                      client ->
                          client.conversationsHistory(
                              r -> r.channel(channel).limit(PAGE).includeAllMetadata(true)))
                  .getMessages();
      return found == null ? List.of() : found;
    } catch (SurfaceFailure.Refused e) {
      if (SlackErrors.says(e, "missing_scope") || SlackErrors.says(e, "thread_not_found")) {
        return List.of();
      }
      throw e;
    }
  }

  private static String said(Message message, String name) {
    Message.Metadata metadata = message.getMetadata();
    boolean ours = metadata != null && EVENT.equals(metadata.getEventType());
    Object said =
        ours && metadata.getEventPayload() != null ? metadata.getEventPayload().get(name) : null;
    return said == null ? "" : said.toString();
  }

  void edit(MessageRef message, Card asked, long revision) {
    Card card = reminder.on(message.place(), asked);
    synchronized (lock(message.id())) {
      if (revisions.get(message).filter(last -> last >= revision).isPresent()) {
        return;
      }
      Place place = message.place();
      CardMessage drawn =
          looks.send(
              place,
              card,
              one -> {
                updated(message, one);
                return one;
              });
      revisions.put(message, revision);
      drawn.rest().ifPresent(rest -> rest(message, card, rest));
    }
  }

  /** Somebody may have deleted the message: then there is nothing to be changed. */
  private void updated(MessageRef message, CardMessage drawn) {
    try {
      update(message, drawn);
    } catch (SurfaceFailure.Refused e) {
      if (!SlackErrors.says(e, "message_not_found")) {
        throw e;
      }
      LOG.info("slack: a message that was to be changed is not there any more: {}", message.id());
    }
  }

  private void update(MessageRef message, CardMessage drawn) {
    Optional<String> key = keys.get(message);
    web.change(
        message.place(),
        "chat.update",
        client ->
            client.chatUpdate(
                r ->
                    r.channel(Channel.id(message.place()))
                        .ts(message.id())
                        .text(drawn.text())
                        .blocksAsString(drawn.json())
                        .metadataAsString(key.map(known -> metadata(known, false)).orElse(null))
                        .parse("none")
                        .linkNames(false)));
  }

  void react(MessageRef message, String emoji) {
    try {
      web.change(
          message.place(),
          "reactions.add",
          client ->
              client.reactionsAdd(
                  r ->
                      r.channel(Channel.id(message.place()))
                          .timestamp(message.id())
                          .name(Emoji.slack(emoji))));
    } catch (SurfaceFailure.Refused e) {
      if (!SlackErrors.says(e, "already_reacted")) {
        throw e;
      }
    }
  }

  private Object lock(String name) {
    return locks[Math.floorMod(name.hashCode(), locks.length)];
  }
}
