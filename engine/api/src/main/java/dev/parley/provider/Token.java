package dev.parley.provider;

/**
 * Makes a repeated call harmless where the provider understands it: the same token and body make
 * one resource.
 *
 * @param value 64 hexadecimal digits, from tenant, plan digest, step and attempt
 * @param correlation marks the resource so that it can be found again: lower case, at most 40
 *     characters, from plan digest and step; the same for every attempt
 */
public record Token(String value, String correlation) {}
