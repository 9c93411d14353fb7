package dev.parley.identity;

/** What a user may do in a tenant. Roles don't include one another. */
public enum Role {
  /** May ask questions and look. */
  VIEWER,
  /** May ask for plans, cancel and retry. */
  OPERATOR,
  /** May vote. */
  APPROVER,
  /** May link people, waive findings and change settings. */
  ADMIN
}
