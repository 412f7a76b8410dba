/// Signing in as an administrator, and what the session says of who that is.
@NullMarked
package dev.berth.controlplane.admin.auth;

import org.jspecify.annotations.NullMarked;
