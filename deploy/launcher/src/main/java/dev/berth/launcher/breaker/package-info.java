/// Keeps an app that ends its workers again and again from ending more of them.
///
/// Read [dev.berth.launcher.breaker.AppBreaker] first.
@NullMarked
package dev.berth.launcher.breaker;

import org.jspecify.annotations.NullMarked;
