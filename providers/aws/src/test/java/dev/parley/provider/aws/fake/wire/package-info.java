/** The protocols that AWS services speak, seen from the server: requests, signatures, answers. */
@NullMarked
package dev.parley.provider.aws.fake.wire;

import org.jspecify.annotations.NullMarked;
