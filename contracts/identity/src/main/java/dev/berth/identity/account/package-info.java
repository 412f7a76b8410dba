/// What happens to users and their sessions.
///
/// Read [dev.berth.identity.account.Identity] first.
@NullMarked
package dev.berth.identity.account;

import org.jspecify.annotations.NullMarked;
