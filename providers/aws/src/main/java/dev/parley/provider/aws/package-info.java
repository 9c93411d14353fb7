/** Amazon Web Services as a provider: every type of its registry, every operation of its API. */
@NullMarked
package dev.parley.provider.aws;

import org.jspecify.annotations.NullMarked;
