/// GraalJS: how the functions of an app run, each app revision in contexts of its own.
///
/// Read [dev.berth.jsruntime.JsEngine] first, then [dev.berth.jsruntime.AppProgram] (an app
/// prepared to run), [dev.berth.jsruntime.AppContext] (one JavaScript world) and
/// [dev.berth.jsruntime.Execution] (one invocation in it).
@NullMarked
package dev.berth.jsruntime;

import org.jspecify.annotations.NullMarked;
