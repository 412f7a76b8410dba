/// The files of one app as a value: taken from a folder or an archive, kept, compared, handed on.
///
/// Read [dev.berth.appmodel.bundle.AppBundle] first. What the files mean is not known here.
@NullMarked
package dev.berth.appmodel.bundle;

import org.jspecify.annotations.NullMarked;
