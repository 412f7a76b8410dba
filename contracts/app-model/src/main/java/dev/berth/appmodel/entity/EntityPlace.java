package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;

/// Where things of a kind stand in a document. Pure functions.
interface EntityPlace {

  /// All of them in order.
  ///
  /// @param owner the service whose they are; empty for those that belong to none
  List<Fields> read(AppDocument document, String owner);

  /// The document with others in their place, in the same order.
  AppDocument write(AppDocument document, String owner, List<Fields> values);

  /// The document with one of them replaced, or one more.
  ///
  /// @param index from 0; the number of things for one more
  default AppDocument set(AppDocument document, String owner, int index, Fields value) {
    List<Fields> values = new ArrayList<>(read(document, owner));
    if (index < values.size()) {
      values.set(index, value);
    } else {
      values.add(value);
    }
    return write(document, owner, values);
  }

  /// The document without one of them.
  default AppDocument remove(AppDocument document, String owner, int index) {
    List<Fields> values = new ArrayList<>(read(document, owner));
    values.remove(index);
    return write(document, owner, values);
  }
}
