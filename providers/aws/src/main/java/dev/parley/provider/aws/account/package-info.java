/** An account's settings, its credentials, and the SDK's clients. */
@NullMarked
package dev.parley.provider.aws.account;

import org.jspecify.annotations.NullMarked;
