/// `berth dev`: all roles in one process, serving apps from folders that are being edited.
///
/// Read [dev.berth.launcher.dev.DevServer] first.
@NullMarked
package dev.berth.launcher.dev;

import org.jspecify.annotations.NullMarked;
