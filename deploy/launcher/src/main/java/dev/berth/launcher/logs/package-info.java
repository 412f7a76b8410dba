/// How what a process says is written, for people or for machines: begin with `LogFormat`.
@NullMarked
package dev.berth.launcher.logs;

import org.jspecify.annotations.NullMarked;
