/// The catalog over the Vert.x event bus.
///
/// Read [dev.berth.catalog.bus.CatalogBus] first, then [dev.berth.catalog.bus.CatalogMessage]
/// for what is said, and [dev.berth.catalog.bus.Forms] for how it is written.
@NullMarked
package dev.berth.catalog.bus;

import org.jspecify.annotations.NullMarked;
