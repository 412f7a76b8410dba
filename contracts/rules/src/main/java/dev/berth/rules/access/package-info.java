/// The rules of collections: which documents, and what of them, a user may read and write.
///
/// Read [dev.berth.rules.access.CollectionRules] first, then
/// [dev.berth.rules.access.DocumentAccess], which asks them on behalf of one caller.
@NullMarked
package dev.berth.rules.access;

import org.jspecify.annotations.NullMarked;
