/** The types that the stand-in knows: their schemas, and how their handlers behave. */
@NullMarked
package dev.parley.provider.aws.fake.type;

import org.jspecify.annotations.NullMarked;
