/** Names of resources, and what was observed of them. */
@NullMarked
package dev.parley.resource;

import org.jspecify.annotations.NullMarked;
