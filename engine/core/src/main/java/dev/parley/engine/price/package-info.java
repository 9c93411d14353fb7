/** What things cost: price books, how much of what a resource uses, exchange rates, estimates. */
@NullMarked
package dev.parley.engine.price;

import org.jspecify.annotations.NullMarked;
