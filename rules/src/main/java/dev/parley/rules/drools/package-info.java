/** The rules as Drools runs them. */
@NullMarked
package dev.parley.rules.drools;

import org.jspecify.annotations.NullMarked;
