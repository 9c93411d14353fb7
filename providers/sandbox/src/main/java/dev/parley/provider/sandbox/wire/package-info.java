/** How a provider reaches a simulated cloud: in the same process, or over HTTP. */
@NullMarked
package dev.parley.provider.sandbox.wire;

import org.jspecify.annotations.NullMarked;
