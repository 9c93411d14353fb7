/** The provider of the simulated clouds. */
@NullMarked
package dev.parley.provider.sandbox;

import org.jspecify.annotations.NullMarked;
