package dev.parley.provider.aws.fake.wire;

import java.util.Map;

/**
 * A service of the cloud. Several may share a signing name and protocol and split the operations
 * among them; the first that has an operation answers it.
 */
public interface Service {
  /** The name in the signature's scope. */
  String signingName();

  /** How it is spoken to. */
  Protocol protocol();

  /** What it can be asked, by operation name; for REST by {@code POST /path}. */
  Map<String, Operation> operations();

  /**
   * What a call is about, so that faults can be aimed: usually a resource type; empty if nothing in
   * particular.
   */
  default String about(Call call) {
    return call.input().text("TypeName").orElse("");
  }
}
