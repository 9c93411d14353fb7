/** The types of an account: from the live registry or a folder of schemas, cached by content. */
@NullMarked
package dev.parley.provider.aws.catalog;

import org.jspecify.annotations.NullMarked;
