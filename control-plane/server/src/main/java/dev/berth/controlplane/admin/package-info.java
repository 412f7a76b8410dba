/// The Admin API, put together.
///
/// Read [dev.berth.controlplane.admin.ControlPlane] first.
@NullMarked
package dev.berth.controlplane.admin;

import org.jspecify.annotations.NullMarked;
