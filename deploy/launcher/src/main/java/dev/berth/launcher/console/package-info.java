/// What a person at the terminal sees.
///
/// Read [dev.berth.launcher.console.Console] first.
@NullMarked
package dev.berth.launcher.console;

import org.jspecify.annotations.NullMarked;
