/// Notices that somebody saved a file.
///
/// Read [dev.berth.launcher.watch.FolderWatcher] first.
@NullMarked
package dev.berth.launcher.watch;

import org.jspecify.annotations.NullMarked;
