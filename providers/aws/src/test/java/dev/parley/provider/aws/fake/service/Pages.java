package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing. A token is bound to its operation, account and region, and can't be
 * guessed.
 *
 * @param next the token of the following page
 */
record Pages(List<Value> items, Optional<String> next) {
  /**
   * Cuts a page out of everything.
   *
   * @param size the member that says how many are wanted
   * @param token the member that holds the page's token
   * @param error the code for a token that was never given out
   */
  static Pages of(
      Call call, List<Value> all, String size, int usual, int most, String token, String error) {
    int wanted = usual;
    if (call.input().get(size).orElse(Value.NULL) instanceof Num(var number)) {
      wanted = number.intValue();
      if (wanted < 1 || wanted > most) {
        throw ServiceError.validation(
            "Value '" + wanted + "' at '" + size + "' must be between 1 and " + most);
      }
    }
    int start =
        call.input()
            .text(token)
            .filter(text -> !text.isEmpty())
            .map(text -> start(call, text, error))
            .orElse(0);
    int end = Math.min(all.size(), start + wanted);
    List<Value> items = start >= all.size() ? List.of() : all.subList(start, end);
    return new Pages(items, end < all.size() ? Optional.of(token(call, end)) : Optional.empty());
  }

  private static String token(Call call, int start) {
    String scope = call.account() + call.region() + call.operation() + start;
    String seal = Signature.sha256(scope.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    return Base64.getEncoder()
        .encodeToString((start + ":" + seal).getBytes(StandardCharsets.UTF_8));
  }

  private static int start(Call call, String token, String error) {
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      int start = Integer.parseInt(text.substring(0, Math.max(0, text.indexOf(':'))));
      if (token(call, start).equals(token)) {
        return start;
      }
    } catch (IllegalArgumentException e) {
      throw new ServiceError(400, error, "Invalid NextToken: " + e.getMessage());
    }
    throw new ServiceError(400, error, "Invalid NextToken");
  }

  /** The answer with the page and, unless it was the last one, the token. */
  Fields into(Fields answer, String items, String token) {
    Fields paged = answer.with(items, new Items(this.items));
    return next.map(text -> paged.with(token, Value.text(text))).orElse(paged);
  }
}
