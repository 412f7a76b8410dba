/// How the npm packages of an app get from its directory into the store: from a folder, from an
/// archive, or from a registry through npm. All three are written by strangers.
///
/// Read [dev.berth.controlplane.packages.PackageIntake] first.
@NullMarked
package dev.berth.controlplane.packages;

import org.jspecify.annotations.NullMarked;
