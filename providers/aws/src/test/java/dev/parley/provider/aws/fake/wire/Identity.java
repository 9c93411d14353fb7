package dev.parley.provider.aws.fake.wire;

/**
 * On whose behalf a request is made.
 *
 * @param account twelve digits
 * @param arn of the user or the assumed role's session
 */
public record Identity(String account, String arn, String userId) {}
