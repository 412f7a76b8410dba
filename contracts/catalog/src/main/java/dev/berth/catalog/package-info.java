/// How processes learn which apps exist and that one changed.
///
/// Read [dev.berth.catalog.AppCatalog] first.
@NullMarked
package dev.berth.catalog;

import org.jspecify.annotations.NullMarked;
