/** Catalogs in memory: reading their files, checking properties, telling differences. */
@NullMarked
package dev.parley.engine.catalog;

import org.jspecify.annotations.NullMarked;
