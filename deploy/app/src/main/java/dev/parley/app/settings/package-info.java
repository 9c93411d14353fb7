/** The configuration file, read whole or refused with every mistake. */
@NullMarked
package dev.parley.app.settings;

import org.jspecify.annotations.NullMarked;
