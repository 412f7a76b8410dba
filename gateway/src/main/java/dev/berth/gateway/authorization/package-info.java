/// Whether an authenticated request may run: shared secrets, payload signatures, expressions.
///
/// Read [dev.berth.gateway.authorization.Authorizer] first. What cannot be decided is a denial.
@NullMarked
package dev.berth.gateway.authorization;

import org.jspecify.annotations.NullMarked;
