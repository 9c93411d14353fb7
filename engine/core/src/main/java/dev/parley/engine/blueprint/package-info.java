/** Blueprints: the files they are written in, and Drafts made from them. */
@NullMarked
package dev.parley.engine.blueprint;

import org.jspecify.annotations.NullMarked;
