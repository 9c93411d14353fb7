/** The types of the simulated clouds, and how the clouds treat them. */
@NullMarked
package dev.parley.provider.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
