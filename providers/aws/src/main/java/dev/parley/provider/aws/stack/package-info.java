/** CloudFormation change sets: linked units, and types without handlers. */
@NullMarked
package dev.parley.provider.aws.stack;

import org.jspecify.annotations.NullMarked;
