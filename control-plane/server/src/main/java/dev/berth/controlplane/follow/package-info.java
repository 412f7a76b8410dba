/// How processes that change no app learn of the apps that are stored.
///
/// Read [dev.berth.controlplane.follow.StoredCatalog] first.
@NullMarked
package dev.berth.controlplane.follow;

import org.jspecify.annotations.NullMarked;
