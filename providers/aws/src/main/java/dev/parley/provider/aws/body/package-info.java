/** What goes out to AWS and what comes back: secrets, places, and the mark of who made it. */
@NullMarked
package dev.parley.provider.aws.body;

import org.jspecify.annotations.NullMarked;
