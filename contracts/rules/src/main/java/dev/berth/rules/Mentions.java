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
import dev.berth.rules.Condition.Some;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;

/// What a part of an expression depends on.
final class Mentions {

  private Mentions() {}

  /// Whether it depends on a document, or on a function.
  static boolean documentOrFunction(Condition condition) {
    return switch (condition) {
      case Constant _ -> false;
      case Holds(Term value) -> documentOrFunction(value);
      case Every(List<Condition> parts) -> parts.stream().anyMatch(Mentions::documentOrFunction);
      case Some(List<Condition> parts) -> parts.stream().anyMatch(Mentions::documentOrFunction);
      case Not(Condition part) -> documentOrFunction(part);
      case Equal(Term left, Term right) -> either(left, right);
      case Compared(Term left, _, Term right) -> either(left, right);
      case In(Term left, Term elements) -> either(left, elements);
      case HasAll(Term left, Term elements) -> either(left, elements);
      case HasSize(Term left, Term size) -> either(left, size);
      case Exists(Term left, _) -> documentOrFunction(left);
    };
  }

  private static boolean either(Term left, Term right) {
    return documentOrFunction(left) || documentOrFunction(right);
  }

  static boolean documentOrFunction(Term term) {
    return switch (term) {
      case Term.Literal(BsonValue _) -> false;
      case Term.Expansion(Source source, _) -> source.isOfDocument();
      case Term.Converted(_, Term value) -> documentOrFunction(value);
      case Term.Called _ -> true;
      case Term.Listed(List<Term> elements) ->
          elements.stream().anyMatch(Mentions::documentOrFunction);
      case Term.Composed(Map<String, Term> fields) ->
          fields.values().stream().anyMatch(Mentions::documentOrFunction);
    };
  }
}
