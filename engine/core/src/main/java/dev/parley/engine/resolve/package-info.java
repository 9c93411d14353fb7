/** Makes a Draft into a Plan: places, schemas, prior state, differences, order. */
@NullMarked
package dev.parley.engine.resolve;

import org.jspecify.annotations.NullMarked;
