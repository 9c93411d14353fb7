package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Value.Fields;

/**
 * What is sent to a simulated cloud.
 *
 * @param type the whole type, family included; "" where none is needed
 * @param id the provider's id; "" where there is none yet
 * @param name what people call the resource
 * @param body the properties, or the input of a call
 * @param expect what the sender believes to stand there; compared where the sender asks for it
 * @param token makes a repetition harmless; "" for none
 * @param correlation marks what is made; "" for none
 * @param detail verb-specific: the operation's id of POLL and CANCEL, the call's name of CALL, the
 *     page of LIST, the instant of LOGS
 */
public record Request(
    Verb verb,
    String family,
    String account,
    String region,
    String type,
    String id,
    String name,
    Fields body,
    Fields expect,
    String token,
    String correlation,
    String detail) {

  /** What is asked. */
  public enum Verb {
    CREATE,
    UPDATE,
    DELETE,
    CALL,
    CANCEL,
    READ,
    LIST,
    FIND,
    POLL,
    HEALTH,
    LOGS,
    CHECK;

    /** Whether it may change something. */
    public boolean mutates() {
      return ordinal() <= CANCEL.ordinal();
    }

    /** As people write it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Nothing but a verb and whose account. */
  public static Request of(Verb verb, String family, String account) {
    return new Request(
        verb, family, account, "", "", "", "", Fields.EMPTY, Fields.EMPTY, "", "", "");
  }

  /** About one resource. */
  public Request about(String type, String region, String id) {
    return new Request(
        verb, family, account, region, type, id, name, body, expect, token, correlation, detail);
  }

  /** With a name. */
  public Request named(String name) {
    return new Request(
        verb, family, account, region, type, id, name, body, expect, token, correlation, detail);
  }

  /** With a body and what is expected to stand there. */
  public Request with(Fields body, Fields expect) {
    return new Request(
        verb, family, account, region, type, id, name, body, expect, token, correlation, detail);
  }

  /** With a token and a correlation. */
  public Request marked(String token, String correlation) {
    return new Request(
        verb, family, account, region, type, id, name, body, expect, token, correlation, detail);
  }

  /** With the verb's own detail. */
  public Request detail(String detail) {
    return new Request(
        verb, family, account, region, type, id, name, body, expect, token, correlation, detail);
  }
}
