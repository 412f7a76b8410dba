/// How app code reaches what lies outside its context: named services that take and
/// answer BSON.
///
/// Read [dev.berth.jsruntime.service.GuestService] first.
@NullMarked
package dev.berth.jsruntime.service;

import org.jspecify.annotations.NullMarked;
