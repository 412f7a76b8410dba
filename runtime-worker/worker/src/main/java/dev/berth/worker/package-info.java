/// The worker: takes invocations in, runs them fairly, and gives app code its services.
///
/// Read [dev.berth.worker.Worker] first.
@NullMarked
package dev.berth.worker;

import org.jspecify.annotations.NullMarked;
