package dev.berth.rules;

import dev.berth.rules.Condition.Compared;
import dev.berth.rules.Condition.Constant;
import dev.berth.rules.Condition.Equal;
import dev.berth.rules.Condition.Every;
import dev.berth.rules.Condition.Exists;
import dev.berth.rules.Condition.HasAll;
import dev.berth.rules.Condition.HasSize;
import dev.berth.rules.Condition.Holds;
import dev.berth.rules.Condition.In;
import dev.berth.rules.Condition.Not;
import dev.berth.rules.Condition.Order;
import dev.berth.rules.Condition.Some;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Says an expression about stored documents as a query of MongoDB, as far as a query can say it,
/// for one request.
///
/// It never leaves a document out for which the expression is true. What a query would judge in
/// another way than expressions do is not said at all: the caller judges every document it finds
/// anyway.
///
/// @param request what is known without a document
/// @param hasPrevious whether the document before the operation is the stored one, too; otherwise
///     there was none
public record PushDown(Facts request, boolean hasPrevious) {

  /// The documents for which an expression may be true.
  public Candidates of(Expression expression) {
    return of(expression.condition(), true);
  }

  /// Whether an expression is true whatever the document.
  public boolean isTrueForAll(Expression expression) {
    return withoutDocument(expression.condition()) == Truth.TRUE;
  }

  private Candidates of(Condition condition, boolean wanted) {
    Truth truth = withoutDocument(condition);
    if (truth != null) {
      return Candidates.of(truth == Truth.of(wanted));
    }
    return switch (condition) {
      case Constant(Truth constant) -> Candidates.of(constant == Truth.of(wanted));
      case Every(List<Condition> parts) ->
          wanted ? Candidates.every(each(parts, true)) : Candidates.any(each(parts, false));
      case Some(List<Condition> parts) ->
          wanted ? Candidates.any(each(parts, true)) : Candidates.every(each(parts, false));
      case Not(Condition part) -> of(part, !wanted);
      case Equal(Term left, Term right) -> equal(left, right, wanted);
      case In(Term left, Term elements) -> in(left, elements, wanted);
      case Compared(Term left, Order order, Term right) when wanted -> compared(left, order, right);
      case Exists(Term left, boolean present) -> exists(left, present == wanted);
      case Compared _, HasAll _, HasSize _, Holds _ -> new Candidates.All();
    };
  }

  private List<Candidates> each(List<Condition> parts, boolean wanted) {
    return parts.stream().map(part -> of(part, wanted)).toList();
  }

  /// The truth of what depends neither on the document nor on a function; `null` otherwise.
  private @Nullable Truth withoutDocument(Condition condition) {
    return Mentions.documentOrFunction(condition)
        ? null
        : new Evaluation(request, Map.of(), Work.ofExpression()).of(condition);
  }

  private Candidates equal(Term left, Term right, boolean wanted) {
    StoredPath path = path(left);
    if (path != null && isKnown(right)) {
      return equal(path, right, wanted);
    }
    StoredPath other = path(right);
    if (other == null || !isKnown(left) || !wanted) {
      return new Candidates.All();
    }
    BsonValue value = tested(left);
    return value == null ? new Candidates.None() : other.equalToOrIn(value);
  }

  private Candidates equal(StoredPath path, Term right, boolean wanted) {
    BsonValue value = value(right);
    if (value == null) {
      return new Candidates.None();
    }
    if (!wanted) {
      return path.notAmong(List.of(value));
    }
    return right instanceof Term.Expansion ? path.equalToOrIn(value) : path.equalTo(value);
  }

  private Candidates in(Term left, Term elements, boolean wanted) {
    StoredPath path = path(left);
    if (path != null && isKnown(elements)) {
      TermValues.Elements known = elements(elements);
      if (known == null) {
        return new Candidates.None();
      }
      if (wanted) {
        return path.among(known.known());
      }
      return known.areAll() ? path.notAmong(known.known()) : new Candidates.None();
    }
    StoredPath array = path(elements);
    if (array == null || !isKnown(left) || !wanted) {
      return new Candidates.All();
    }
    BsonValue value = tested(left);
    return value == null ? new Candidates.None() : array.equalToOrIn(value);
  }

  private Candidates compared(Term left, Order order, Term right) {
    StoredPath path = path(left);
    if (path == null || !isKnown(right)) {
      return new Candidates.All();
    }
    BsonValue value = value(right);
    return value == null ? new Candidates.None() : path.compared(order, value);
  }

  private Candidates exists(Term left, boolean present) {
    if (left instanceof Term.Expansion(Source source, List<String> names) && names.isEmpty()) {
      return switch (source) {
        case ROOT -> Candidates.of(present);
        case PREV_ROOT -> Candidates.of(present == hasPrevious);
        default -> new Candidates.All();
      };
    }
    StoredPath path = path(left);
    return path == null ? new Candidates.All() : path.exists(present);
  }

  /// The path of a term that is a part of the stored document; `null` for any other.
  private @Nullable StoredPath path(Term term) {
    return term instanceof Term.Expansion(Source source, List<String> names)
            && (source == Source.ROOT || (source == Source.PREV_ROOT && hasPrevious))
        ? StoredPath.of(names)
        : null;
  }

  private static boolean isKnown(Term term) {
    return !Mentions.documentOrFunction(term);
  }

  private @Nullable BsonValue value(Term known) {
    return of(terms -> terms.comparand(known));
  }

  private @Nullable BsonValue tested(Term known) {
    return of(terms -> terms.value(known));
  }

  private TermValues.@Nullable Elements elements(Term known) {
    return of(terms -> terms.elements(known));
  }

  /// What takes too much work is undecided for every document, so there are no candidates.
  private <T> @Nullable T of(Function<TermValues, @Nullable T> what) {
    try {
      return what.apply(new TermValues(request, Map.of(), Work.ofExpression()));
    } catch (Work.Exceeded _) {
      return null;
    }
  }

  /// A query for one thing about one path.
  static Candidates found(String path, String operator, BsonValue value) {
    return new Candidates.Found(new BsonDocument(path, new BsonDocument(operator, value)));
  }
}
