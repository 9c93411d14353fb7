/** What a plan costs and what the rules say about it, as things stand now. */
@NullMarked
package dev.parley.engine.appraise;

import org.jspecify.annotations.NullMarked;
