package dev.berth.worker.mongodb;

import com.mongodb.client.model.FindOneAndDeleteOptions;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.reactivestreams.Publisher;

/// The operations that change one document and answer it, as it was before or is after.
final class FindAndModify {

  CompletionStage<BsonValue> findOneAndUpdate(Call call) {
    Arguments arguments = call.arguments();
    Options given = call.options();
    var options =
        new FindOneAndUpdateOptions()
            .sort(arguments.optionalDocument("sort"))
            .projection(call.projection())
            .upsert(arguments.flag("upsert", false))
            .returnDocument(returned(arguments))
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .collation(given.collation())
            .comment(given.comment())
            .hint(given.hint())
            .hintString(given.hintName())
            .let(given.let());
    List<BsonDocument> filters = arguments.optionalDocuments("arrayFilters");
    if (filters != null) {
      options.arrayFilters(RegexRewrite.queries(filters));
    }
    return found(call.collection().findOneAndUpdate(call.query(), call.change(arguments), options));
  }

  CompletionStage<BsonValue> findOneAndReplace(Call call) {
    Arguments arguments = call.arguments();
    Options given = call.options();
    var options =
        new FindOneAndReplaceOptions()
            .sort(arguments.optionalDocument("sort"))
            .projection(call.projection())
            .upsert(arguments.flag("upsert", false))
            .returnDocument(returned(arguments))
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .collation(given.collation())
            .comment(given.comment())
            .hint(given.hint())
            .hintString(given.hintName())
            .let(given.let());
    BsonDocument replacement = Change.replacement(arguments, "update");
    return found(call.collection().findOneAndReplace(call.query(), replacement, options));
  }

  CompletionStage<BsonValue> findOneAndDelete(Call call) {
    Options given = call.options();
    var options =
        new FindOneAndDeleteOptions()
            .sort(call.arguments().optionalDocument("sort"))
            .projection(call.projection())
            .collation(given.collation())
            .comment(given.comment())
            .hint(given.hint())
            .hintString(given.hintName())
            .let(given.let());
    return found(call.collection().findOneAndDelete(call.query(), options));
  }

  private static ReturnDocument returned(Arguments arguments) {
    return arguments.flag("returnNewDocument", false)
        ? ReturnDocument.AFTER
        : ReturnDocument.BEFORE;
  }

  private static CompletionStage<BsonValue> found(Publisher<BsonDocument> publisher) {
    return DriverResult.first(publisher).thenApply(Results::orNull);
  }
}
