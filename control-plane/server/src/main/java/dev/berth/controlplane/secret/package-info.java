/// What is kept encrypted: the secrets of apps, and what of administrators must be read again.
///
/// Read [dev.berth.controlplane.secret.Vault] first.
@NullMarked
package dev.berth.controlplane.secret;

import org.jspecify.annotations.NullMarked;
