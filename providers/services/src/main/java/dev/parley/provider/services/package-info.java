/**
 * How everyday services are made of each cloud's types: data that every provider of the cloud
 * shares.
 */
@NullMarked
package dev.parley.provider.services;

import org.jspecify.annotations.NullMarked;
