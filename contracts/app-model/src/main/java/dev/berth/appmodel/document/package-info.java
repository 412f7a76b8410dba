/// Apps as one JSON document, as they travel over the wire, and how one becomes files of any
/// layout and back.
///
/// Read [dev.berth.appmodel.document.AppDocument] first, then
/// [dev.berth.appmodel.document.ImportDocument] and [dev.berth.appmodel.document.AppExport].
@NullMarked
package dev.berth.appmodel.document;

import org.jspecify.annotations.NullMarked;
