package dev.berth.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A query of MongoDB with expansions in the place of values: what a filter adds to the queries
/// of users. Immutable.
///
/// The value of an expansion is data and never becomes an operator, whatever it is.
public final class QueryTemplate {

  private static final QueryTemplate NOTHING =
      new QueryTemplate((_, _) -> null, Set.of(), Set.of());

  private final Part query;
  private final Set<String> functions;
  private final Set<String> values;

  private QueryTemplate(Part query, Set<String> functions, Set<String> values) {
    this.query = query;
    this.functions = Set.copyOf(functions);
    this.values = Set.copyOf(values);
  }

  /// A part of a query.
  @FunctionalInterface
  interface Part {

    /// The part with its values; `null` when one is missing that it cannot do without.
    @Nullable BsonValue resolve(Truths truths, Facts facts);
  }

  /// What parsing came to.
  ///
  /// @param template one that finds nothing when there is an error among the faults
  public record Parsing(QueryTemplate template, List<Fault> faults) {

    public Parsing {
      faults = List.copyOf(faults);
    }
  }

  public static Parsing parse(BsonDocument written) {
    FaultLog faults = new FaultLog();
    QueryTemplateParser parser = new QueryTemplateParser(faults);
    Part query = parser.parse(written);
    return new Parsing(
        faults.hasErrors()
            ? NOTHING
            : new QueryTemplate(query, parser.functions(), parser.values()),
        faults.all());
  }

  /// The functions that it names.
  public Set<String> functions() {
    return functions;
  }

  /// The values of the app that it names.
  public Set<String> values() {
    return values;
  }

  /// The query for one request; nothing when a value is missing, so that no document matches.
  public Optional<BsonDocument> resolve(Truths truths, Facts facts) {
    return Optional.ofNullable((BsonDocument) query.resolve(truths, facts));
  }
}
