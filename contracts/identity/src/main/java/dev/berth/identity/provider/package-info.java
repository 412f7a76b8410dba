/// How each type of provider finds out who somebody is.
@NullMarked
package dev.berth.identity.provider;

import org.jspecify.annotations.NullMarked;
