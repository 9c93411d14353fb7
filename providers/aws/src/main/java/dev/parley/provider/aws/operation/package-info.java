/** Any operation of any service by its name, through the SDK's own metadata. */
@NullMarked
package dev.parley.provider.aws.operation;

import org.jspecify.annotations.NullMarked;
