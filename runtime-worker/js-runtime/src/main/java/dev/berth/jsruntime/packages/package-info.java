/// The files that `require` finds: how a request becomes a file, as Node.js does it, and what the
/// engine gets to run.
///
/// Read [dev.berth.jsruntime.packages.PackageFiles] first, then
/// [dev.berth.jsruntime.packages.ModuleResolver].
@NullMarked
package dev.berth.jsruntime.packages;

import org.jspecify.annotations.NullMarked;
