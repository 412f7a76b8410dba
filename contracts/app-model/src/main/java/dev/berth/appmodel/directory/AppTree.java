package dev.berth.appmodel.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one app by path relative to its root, wherever they are kept. Nothing outside of
/// the root is ever reached, by whatever path or link.
interface AppTree {

  /// Whether there is something of that name; it may still turn out not to be readable.
  boolean exists(String path);

  /// The names of the files in a folder, sorted; none when there is no folder.
  List<String> files(String folder, Problems problems);

  /// The names of the folders in a folder, sorted; none when there is no folder.
  List<String> folders(String folder, Problems problems);

  /// Whether a path is a link.
  boolean isLink(String path);

  /// The bytes of a file, or one more than the limit of a larger one; `null` when there is no
  /// file, or there is a problem with it.
  byte @Nullable [] bytes(String file, int limit, Problems problems);
}
