/// The database that keeps everything: the embedded one of `berth dev`, or a MongoDB elsewhere.
///
/// Read [dev.berth.launcher.database.Database] first.
@NullMarked
package dev.berth.launcher.database;

import org.jspecify.annotations.NullMarked;
