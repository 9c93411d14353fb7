/** The roof: main, wiring, command line. */
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
