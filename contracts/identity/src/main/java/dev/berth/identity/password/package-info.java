/// Passwords as Argon2id hashes, made on a few threads of their own.
@NullMarked
package dev.berth.identity.password;

import org.jspecify.annotations.NullMarked;
