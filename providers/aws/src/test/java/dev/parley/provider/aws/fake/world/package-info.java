/** What the stand-in remembers: resources, requests, keys; and the faults it is told to play. */
@NullMarked
package dev.parley.provider.aws.fake.world;

import org.jspecify.annotations.NullMarked;
