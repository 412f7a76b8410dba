package dev.berth.worker.update;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// `$rename`: moves a field. Neither of its paths may go through an array.
///
/// @param from where the field is
/// @param to where it is to be
record Renaming(FieldPath from, FieldPath to) {

  static Renaming parse(FieldPath from, BsonValue operand) {
    if (!(operand instanceof BsonString name)) {
      throw UpdateRefused.badValue(
          "The 'to' field for $rename must be a string, for '" + from.text() + "'");
    }
    var renaming = new Renaming(from, FieldPath.parse(name.getValue()));
    for (FieldPath path : new FieldPath[] {from, renaming.to}) {
      if (path.isDynamic()) {
        throw UpdateRefused.badValue(
            "The source and target fields of $rename may not be dynamic: '" + path.text() + "'");
      }
    }
    if (from.text().equals(renaming.to.text())) {
      throw UpdateRefused.badValue(
          "The source and target field for $rename must differ: '" + from.text() + "'");
    }
    return renaming;
  }

  /// The value that moves; `null` where there is none, so that nothing happens.
  @Nullable BsonValue moved(BsonDocument document) {
    BsonValue moved = document;
    for (String name : from.parts()) {
      if (moved instanceof BsonArray) {
        throw throughArray("source", from);
      }
      moved = Places.inside(moved, name);
    }
    if (moved != null) {
      checkTarget(document);
    }
    return moved;
  }

  private void checkTarget(BsonDocument document) {
    BsonValue around = document;
    for (String name : to.parts()) {
      if (around instanceof BsonArray) {
        throw throughArray("destination", to);
      }
      around = Places.inside(around, name);
    }
  }

  private static UpdateRefused throughArray(String what, FieldPath path) {
    return UpdateRefused.badValue(
        "The " + what + " field cannot be an array element, '" + path.text() + "'");
  }
}
