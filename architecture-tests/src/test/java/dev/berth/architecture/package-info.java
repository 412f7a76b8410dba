/// The rules that span modules, and that neither a POM nor the compiler can state.
@NullMarked
package dev.berth.architecture;

import org.jspecify.annotations.NullMarked;
