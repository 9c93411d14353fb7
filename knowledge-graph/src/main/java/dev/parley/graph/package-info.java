/** The graph on disk: Jena TDB2, SPARQL that can do no harm, and what was true at any time. */
@NullMarked
package dev.parley.graph;

import org.jspecify.annotations.NullMarked;
