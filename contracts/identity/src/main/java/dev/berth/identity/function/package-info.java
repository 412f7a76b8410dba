/// Functions of the app that have a say in who signs in.
@NullMarked
package dev.berth.identity.function;

import org.jspecify.annotations.NullMarked;
