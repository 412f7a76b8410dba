/// What is different between two states of an app, for people to read.
///
/// Read [dev.berth.appmodel.difference.AppDifferences] first.
@NullMarked
package dev.berth.appmodel.difference;

import org.jspecify.annotations.NullMarked;
