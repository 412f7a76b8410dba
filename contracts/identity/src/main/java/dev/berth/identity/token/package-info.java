/// JSON web tokens: taking them apart, and signing and verifying our own with a key per app.
@NullMarked
package dev.berth.identity.token;

import org.jspecify.annotations.NullMarked;
