/// What update operators make of a document, without a database. Read
/// [dev.berth.worker.update.DocumentUpdate] first.
@NullMarked
package dev.berth.worker.update;

import org.jspecify.annotations.NullMarked;
