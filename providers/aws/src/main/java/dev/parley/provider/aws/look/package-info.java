/** What can be seen beyond properties: discovery, health, logs, costs, prices; recipes as data. */
@NullMarked
package dev.parley.provider.aws.look;

import org.jspecify.annotations.NullMarked;
