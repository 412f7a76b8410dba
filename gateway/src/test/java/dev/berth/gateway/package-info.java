/// Tests of the gateway over real HTTP, with an invoker that answers what a test prepared.
@NullMarked
package dev.berth.gateway;

import org.jspecify.annotations.NullMarked;
