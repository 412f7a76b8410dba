/// The things of an app one by one, as those who edit them piece by piece see them.
///
/// Read [dev.berth.appmodel.entity.AppEntities] first.
@NullMarked
package dev.berth.appmodel.entity;

import org.jspecify.annotations.NullMarked;
