/// What every invoker must do.
@NullMarked
package dev.berth.invocation;

import org.jspecify.annotations.NullMarked;
