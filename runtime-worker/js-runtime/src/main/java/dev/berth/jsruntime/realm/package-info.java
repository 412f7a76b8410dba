/// Tells whether app code changed anything in a context that the next invocation could see.
///
/// Read [dev.berth.jsruntime.realm.RealmSnapshot] first.
@NullMarked
package dev.berth.jsruntime.realm;

import org.jspecify.annotations.NullMarked;
