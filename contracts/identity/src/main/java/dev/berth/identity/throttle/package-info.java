/// How often somebody may try, so that guessing is slow and nobody is locked out.
@NullMarked
package dev.berth.identity.throttle;

import org.jspecify.annotations.NullMarked;
