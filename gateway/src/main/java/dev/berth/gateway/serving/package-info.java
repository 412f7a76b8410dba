/// What every request to an app goes through, whatever it asks for: it is counted in, read or
/// dropped once, answered once, and counted out.
///
/// Read [dev.berth.gateway.serving.OpenRequest] first.
@NullMarked
package dev.berth.gateway.serving;

import org.jspecify.annotations.NullMarked;
