package dev.parley.app.settings;

import dev.parley.bot.route.Routes;
import dev.parley.value.Value.Fields;

/**
 * A chat platform.
 *
 * @param routes which tenant its channels belong to
 * @param own what the surface itself reads; tokens are references that are not looked up yet
 */
public record Chat(Routes routes, Fields own) {}
