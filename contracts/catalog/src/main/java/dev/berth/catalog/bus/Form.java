package dev.berth.catalog.bus;

import org.bson.BsonValue;

/// How the values of one type become BSON and come back.
///
/// Both ways refuse with a [FormException] what does not fit the type exactly.
interface Form {

  BsonValue write(Object value);

  Object read(BsonValue written);

  /// The type as the structures of other forms refer to it.
  String name();

  /// Everything that a process must know of this form to understand what another one wrote.
  default String structure() {
    return name();
  }
}
