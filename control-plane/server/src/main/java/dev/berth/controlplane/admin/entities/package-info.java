/// The things of an app one by one, for clients that build apps piece by piece.
///
/// Read [dev.berth.controlplane.admin.entities.EntityRoutes] first.
@NullMarked
package dev.berth.controlplane.admin.entities;

import org.jspecify.annotations.NullMarked;
