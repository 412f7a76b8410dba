/// Expressions: what an app says about who may do what, parsed once and evaluated without any
/// JavaScript.
///
/// Read [dev.berth.rules.Expression] first, then [dev.berth.rules.Deliberation]. Everything here
/// is a pure function of its arguments, except the functions of the app that an expression names.
@NullMarked
package dev.berth.rules;

import org.jspecify.annotations.NullMarked;
