/// What was verified a moment ago, found again by a fingerprint instead of a secret.
@NullMarked
package dev.berth.identity.cache;

import org.jspecify.annotations.NullMarked;
