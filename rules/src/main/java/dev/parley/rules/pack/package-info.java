/** Rules as people write them: YAML files in packs and folders, with their examples. */
@NullMarked
package dev.parley.rules.pack;

import org.jspecify.annotations.NullMarked;
