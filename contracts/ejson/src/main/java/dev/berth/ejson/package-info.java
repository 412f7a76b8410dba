/// BSON values as text: canonical Extended JSON, relaxed Extended JSON and plain JSON, and back.
///
/// Read [dev.berth.ejson.Ejson] first.
@NullMarked
package dev.berth.ejson;

import org.jspecify.annotations.NullMarked;
