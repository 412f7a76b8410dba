/// Tests of what is kept encrypted.
@NullMarked
package dev.berth.controlplane.secret;

import org.jspecify.annotations.NullMarked;
