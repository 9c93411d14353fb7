/** The borders where JSON and YAML become values and records, and back. */
@NullMarked
package dev.parley.engine.json;

import org.jspecify.annotations.NullMarked;
