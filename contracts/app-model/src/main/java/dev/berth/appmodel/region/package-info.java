/// The regions that an installation serves, and which of them an app is in.
///
/// Read [dev.berth.appmodel.region.Placement] first.
@NullMarked
package dev.berth.appmodel.region;

import org.jspecify.annotations.NullMarked;
