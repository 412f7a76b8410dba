/// JSON files as trees that know where in the file everything stands.
///
/// Read [dev.berth.appmodel.json.JsonNode] first. What an app directory means is not known here.
@NullMarked
package dev.berth.appmodel.json;

import org.jspecify.annotations.NullMarked;
