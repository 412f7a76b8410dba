/// How an exported app directory, of any layout, becomes an app definition or a list of every
/// problem it has.
///
/// Read [dev.berth.appmodel.directory.AppDirectory] first. Each kind of file has a reader of its
/// own; all of them read through one `Reading`, which collects the problems.
@NullMarked
package dev.berth.appmodel.directory;

import org.jspecify.annotations.NullMarked;
