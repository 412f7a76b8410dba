/// Sessions of administrators: signed tokens, and the documents that say which are still alive.
///
/// Read [dev.berth.controlplane.session.AdminSessions] first.
@NullMarked
package dev.berth.controlplane.session;

import org.jspecify.annotations.NullMarked;
