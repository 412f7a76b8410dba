/// Tests of the files that operators install Berth with, as far as they can be judged without the
/// programs they are for.
@NullMarked
package dev.berth.endtoend.deployment;

import org.jspecify.annotations.NullMarked;
