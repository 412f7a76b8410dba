package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;

/// An invocation on its way to a worker.
///
/// @param version in which it is written, should it leave this process
record Posted(Invocation invocation, int version) {}
