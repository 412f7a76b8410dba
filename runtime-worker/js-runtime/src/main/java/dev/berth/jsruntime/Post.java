package dev.berth.jsruntime;

/// One thing that a context told the host, in the order it did.
///
/// @param kind what it is; the list is in [Execution]
/// @param id of an asynchronous operation or timer, or a status, or 0
record Post(String kind, int id, String text, String more) {}
