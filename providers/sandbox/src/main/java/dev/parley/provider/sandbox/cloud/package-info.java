/** The simulated cloud: what an account holds, and how it answers. */
@NullMarked
package dev.parley.provider.sandbox.cloud;

import org.jspecify.annotations.NullMarked;
