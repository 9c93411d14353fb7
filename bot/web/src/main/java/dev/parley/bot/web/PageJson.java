package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.engine.json.Codec;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Postings as the page reads them: files as links, no bytes. */
final class PageJson {
  private PageJson() {}

  static Fields posting(Posting posting) {
    Fields plain =
        Fields.of("id", Value.num(posting.id()))
            .with("thread", Value.text(posting.thread()))
            .with("author", Value.text(posting.author()))
            .with("text", Value.text(posting.text()))
            .with("revision", Value.num(posting.revision()))
            .with("at", Value.text(posting.at().toString()));
    Fields reactions = Fields.EMPTY;
    for (var reaction : posting.reactions().entrySet()) {
      reactions = reactions.with(reaction.getKey(), Value.texts(reaction.getValue()));
    }
    Fields with = plain.with("reactions", reactions);
    return posting.card().map(card -> with.with("card", card(card, posting.id()))).orElse(with);
  }

  static Fields card(Card card, long posting) {
    var parts = new ArrayList<Value>();
    for (int i = 0; i < card.parts().size(); i++) {
      parts.add(part(card.parts().get(i), posting, i));
    }
    return Codec.encode(
            new Card(
                card.stage(),
                card.tone(),
                card.title(),
                List.of(),
                card.buttons(),
                card.fallback(),
                Fields.EMPTY))
        .without("body")
        .with("parts", new Items(parts));
  }

  private static Fields part(Part part, long posting, int index) {
    return switch (part) {
      case Part.Image(var picture, var alt) ->
          file("Image", picture, posting, index).with("alt", Value.text(alt));
      case Part.Attached(var file) -> file("Attached", file, posting, index);
      default -> Codec.encodeAs(Part.class, part);
    };
  }

  private static Fields file(String kind, Part.Attachment file, long posting, int index) {
    String link = file.url().orElse("api/files/" + posting + "/" + index);
    return Fields.of("kind", Value.text(kind))
        .with("name", Value.text(file.name()))
        .with("mediaType", Value.text(file.mediaType()))
        .with("size", Value.num(file.bytes().length))
        .with("url", Value.text(link));
  }

  /** The file that stands in a card at a place. */
  static Optional<Part.Attachment> file(Card card, int index) {
    if (index < 0 || index >= card.parts().size()) {
      return Optional.empty();
    }
    return switch (card.parts().get(index)) {
      case Part.Image(var picture, _) -> Optional.of(picture);
      case Part.Attached(var file) -> Optional.of(file);
      default -> Optional.empty();
    };
  }
}
