/** The embedded store: a journal in files, and views of it in MapDB. */
@NullMarked
package dev.parley.store;

import org.jspecify.annotations.NullMarked;
