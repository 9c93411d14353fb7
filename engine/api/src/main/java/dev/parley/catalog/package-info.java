/** What can be made: types and their schemas, read at run time. */
@NullMarked
package dev.parley.catalog;

import org.jspecify.annotations.NullMarked;
