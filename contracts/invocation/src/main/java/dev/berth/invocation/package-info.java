/// The contract between what calls app code and what runs it.
///
/// Read [dev.berth.invocation.Invoker] first, then [dev.berth.invocation.Invocation] and
/// [dev.berth.invocation.Outcome]. The same records travel by reference inside a process and as
/// bytes between processes (`dev.berth.invocation.bus`).
@NullMarked
package dev.berth.invocation;

import org.jspecify.annotations.NullMarked;
