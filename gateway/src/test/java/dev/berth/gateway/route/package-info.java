/// Tests of what the gateway keeps of an app.
@NullMarked
package dev.berth.gateway.route;

import org.jspecify.annotations.NullMarked;
