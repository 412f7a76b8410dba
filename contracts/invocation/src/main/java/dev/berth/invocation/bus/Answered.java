package dev.berth.invocation.bus;

import dev.berth.invocation.Outcome;

/// An outcome on its way to who posted the invocation.
///
/// @param version in which it is written, should it leave this process
record Answered(Outcome outcome, int version) {}
