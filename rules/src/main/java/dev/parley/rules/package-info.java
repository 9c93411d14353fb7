/** The Rulebook on Drools: YAML rules and CSV tables in, verdicts out. */
@NullMarked
package dev.parley.rules;

import org.jspecify.annotations.NullMarked;
