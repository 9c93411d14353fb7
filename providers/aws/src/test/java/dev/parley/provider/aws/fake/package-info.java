/** A stand-in of AWS over loopback that is strict about its protocols and keeps state. */
@NullMarked
package dev.parley.provider.aws.fake;

import org.jspecify.annotations.NullMarked;
