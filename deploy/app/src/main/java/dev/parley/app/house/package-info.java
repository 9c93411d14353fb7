/** Puts the parts of one installation together, and starts and stops them in order. */
@NullMarked
package dev.parley.app.house;

import org.jspecify.annotations.NullMarked;
