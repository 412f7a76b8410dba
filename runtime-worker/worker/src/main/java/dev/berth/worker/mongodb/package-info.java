/// The MongoDB service of app code, host side: names and pipelines are judged, calls become
/// driver operations, results and failures become BSON that app code may see.
///
/// Read [dev.berth.worker.mongodb.MongoService] first. Everything here treats its arguments as
/// hostile and never blocks the calling thread.
@NullMarked
package dev.berth.worker.mongodb;

import org.jspecify.annotations.NullMarked;
