/** Who speaks and for whom: tenants, people, roles, accounts. */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
