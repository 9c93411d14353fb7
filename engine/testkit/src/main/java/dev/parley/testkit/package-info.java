/** Contracts that every implementation of a socket keeps, and stand-ins for tests. */
package dev.parley.testkit;
