/// How Berth starts: the command line, and which parts make up a process.
///
/// Read [dev.berth.launcher.Main] first, then [dev.berth.launcher.dev.DevServer].
@NullMarked
package dev.berth.launcher;

import org.jspecify.annotations.NullMarked;
