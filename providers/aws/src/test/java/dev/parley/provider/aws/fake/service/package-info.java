/** The services that the stand-in offers, one class each. */
@NullMarked
package dev.parley.provider.aws.fake.service;

import org.jspecify.annotations.NullMarked;
