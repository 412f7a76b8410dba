/// The Data API: generated URLs with which clients of any kind work on collections.
///
/// Read [dev.berth.gateway.dataapi.Action] first: what can be asked for is one table, and the
/// OpenAPI document is made of it too.
@NullMarked
package dev.berth.gateway.dataapi;

import org.jspecify.annotations.NullMarked;
