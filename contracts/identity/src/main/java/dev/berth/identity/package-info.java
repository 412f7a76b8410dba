/// The users of apps: who they are, how they prove it, and the sessions and keys they hold.
///
/// Read [dev.berth.identity.Accounts] first, then [dev.berth.identity.Credential] and
/// [dev.berth.identity.Answer].
@NullMarked
package dev.berth.identity;

import org.jspecify.annotations.NullMarked;
