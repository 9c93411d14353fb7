/** What a tenant sets: parameters, and the tables of caps, budgets, severities and approvers. */
@NullMarked
package dev.parley.rules.parameter;

import org.jspecify.annotations.NullMarked;
