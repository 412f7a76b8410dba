/// Berth as its users meet it: a process, started with a command line, that speaks HTTP.
@NullMarked
package dev.berth.endtoend;

import org.jspecify.annotations.NullMarked;
