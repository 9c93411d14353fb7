/** Cloud Control: create, read, update, delete and list of every registered type. */
@NullMarked
package dev.parley.provider.aws.control;

import org.jspecify.annotations.NullMarked;
