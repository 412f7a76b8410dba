/// The two links that users get by mail, and how they are sent.
@NullMarked
package dev.berth.identity.mail;

import org.jspecify.annotations.NullMarked;
