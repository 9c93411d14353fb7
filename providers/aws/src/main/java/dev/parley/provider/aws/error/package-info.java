/** What AWS says when it says no, in the provider's terms. */
@NullMarked
package dev.parley.provider.aws.error;

import org.jspecify.annotations.NullMarked;
