package dev.berth.rules.access;

import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What expressions know of one document, and of one field of it, besides the request.
///
/// @param request everything that is no document
/// @param root at the end of the operation
/// @param prevRoot before it
/// @param field the value at the end, where an expression is about a field
/// @param prevField the value before
public record DocumentFacts(
    Facts request,
    @Nullable BsonDocument root,
    @Nullable BsonDocument prevRoot,
    @Nullable BsonValue field,
    @Nullable BsonValue prevField)
    implements Facts {

  /// What is there to be read: nothing was before.
  public static DocumentFacts ofRead(Facts request, BsonDocument stored) {
    return new DocumentFacts(request, stored, null, null, null);
  }

  /// A change that leaves everything as it is, and so does a deletion before it happens.
  public static DocumentFacts ofStored(Facts request, BsonDocument stored) {
    return new DocumentFacts(request, stored, stored, null, null);
  }

  /// A change.
  ///
  /// @param before nothing before an insert
  public static DocumentFacts ofChange(
      Facts request, @Nullable BsonDocument before, BsonDocument after) {
    return new DocumentFacts(request, after, before, null, null);
  }

  /// The same document, and one of its fields.
  public DocumentFacts about(@Nullable BsonValue value, @Nullable BsonValue before) {
    return new DocumentFacts(request, root, prevRoot, value, before);
  }

  @Override
  public @Nullable BsonValue find(Source source) {
    return switch (source) {
      case ROOT -> root;
      case PREV_ROOT -> prevRoot;
      case THIS -> field;
      case PREV -> prevField;
      case VALUES, ENVIRONMENT, REQUEST, USER, ARGS, PARTITION -> request.find(source);
    };
  }
}
