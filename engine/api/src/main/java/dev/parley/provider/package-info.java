/** The socket to a cloud, and its errors. */
@NullMarked
package dev.parley.provider;

import org.jspecify.annotations.NullMarked;
