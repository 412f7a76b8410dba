/// An App Services app as immutable records, whatever layout its directory has.
///
/// Read [dev.berth.appmodel.AppDefinition] first: it is what an app directory says. How a
/// directory becomes one is in `dev.berth.appmodel.directory`.
@NullMarked
package dev.berth.appmodel;

import org.jspecify.annotations.NullMarked;
