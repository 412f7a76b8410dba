/// The rules of the apps that run here, ready to be asked. Read
/// [dev.berth.worker.access.RuleBook] first.
@NullMarked
package dev.berth.worker.access;

import org.jspecify.annotations.NullMarked;
