package dev.berth.rules.access;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.Filter;
import dev.berth.rules.Candidates;
import dev.berth.rules.Expression;
import dev.berth.rules.Facts;
import dev.berth.rules.QueryTemplate;
import dev.berth.rules.Truths;
import java.util.Optional;
import org.bson.BsonDocument;

/// A filter, parsed.
record FilterRules(Expression applyWhen, QueryTemplate query, BsonDocument projection) {

  static FilterRules of(Filter filter) {
    return new FilterRules(
        Expression.parse(filter.applyWhen(), ExpressionScope.REQUEST).expression(),
        QueryTemplate.parse(filter.query()).template(),
        filter.projection());
  }

  Candidates found(Truths truths, Facts request) {
    Optional<BsonDocument> resolved = query.resolve(truths, request);
    if (resolved.isEmpty()) {
      return new Candidates.None();
    }
    return resolved.get().isEmpty() ? new Candidates.All() : new Candidates.Found(resolved.get());
  }
}
