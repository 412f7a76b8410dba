/// What `utils.crypto` and `utils.jwt` compute, with the cryptography of the JVM.
///
/// Read [dev.berth.jsruntime.crypto.Cryptography] first; bytes travel as Latin-1 text.
@NullMarked
package dev.berth.jsruntime.crypto;

import org.jspecify.annotations.NullMarked;
