/** Reading what people write: YAML sections and CSV tables, every mistake with its line. */
@NullMarked
package dev.parley.rules.read;

import org.jspecify.annotations.NullMarked;
