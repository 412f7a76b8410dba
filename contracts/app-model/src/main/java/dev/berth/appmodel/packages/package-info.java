/// Where the npm packages of apps are kept: written once by who deploys, read by who runs code.
///
/// Read [dev.berth.appmodel.packages.PackageStore] first.
@NullMarked
package dev.berth.appmodel.packages;

import org.jspecify.annotations.NullMarked;
