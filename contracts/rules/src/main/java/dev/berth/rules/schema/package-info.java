/// Schemas of collections: what a document must look like when a user has written it.
///
/// Read [dev.berth.rules.schema.Schema] first.
@NullMarked
package dev.berth.rules.schema;

import org.jspecify.annotations.NullMarked;
