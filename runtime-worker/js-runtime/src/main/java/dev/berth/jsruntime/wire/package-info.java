/// The text in which values travel between the host and a JavaScript context.
///
/// It is JSON in which a value that JSON does not have is an object with the single key U+0000,
/// which no BSON document may have. The JavaScript side is `prelude/values.js`. Text, and not
/// live objects, so that neither side ever holds an object of the other.
@NullMarked
package dev.berth.jsruntime.wire;

import org.jspecify.annotations.NullMarked;
