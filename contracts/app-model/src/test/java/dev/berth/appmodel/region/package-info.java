/// Tests of where apps are.
@NullMarked
package dev.berth.appmodel.region;

import org.jspecify.annotations.NullMarked;
