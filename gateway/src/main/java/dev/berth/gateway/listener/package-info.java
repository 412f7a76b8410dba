/// The servers: one listener per event loop, what each does with a request, and how it drains.
///
/// Read [dev.berth.gateway.listener.FrontDoor] first. Everything here is confined to the event
/// loop of its listener unless it says otherwise.
@NullMarked
package dev.berth.gateway.listener;

import org.jspecify.annotations.NullMarked;
