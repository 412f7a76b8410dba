/// Organizations, their projects, and the administrators who may do something there.
///
/// Read [dev.berth.controlplane.tenant.Administrator] first.
@NullMarked
package dev.berth.controlplane.tenant;

import org.jspecify.annotations.NullMarked;
