@NullMarked
package dev.berth.gateway.request;

import org.jspecify.annotations.NullMarked;
