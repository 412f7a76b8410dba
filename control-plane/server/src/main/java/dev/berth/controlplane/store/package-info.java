/// Documents of the control plane in the database of our own, read and written by threads that
/// may block.
///
/// Read [dev.berth.controlplane.store.ControlPlaneDatabase] first.
@NullMarked
package dev.berth.controlplane.store;

import org.jspecify.annotations.NullMarked;
