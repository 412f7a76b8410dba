package dev.berth.rules.schema;

import dev.berth.rules.Facts;
import dev.berth.rules.Fault;
import dev.berth.rules.Truths;
import dev.berth.rules.access.DocumentFacts;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// A parsed `schema.json`. Immutable.
///
/// It judges what users write. What is stored already is judged when somebody writes it anew.
public final class Schema {

  /// How deep schemas may be nested.
  public static final int MAX_DEPTH = 50;

  /// Violations beyond so many are not listed.
  public static final int MAX_VIOLATIONS = 100;

  private final SchemaNode root;
  private final boolean mayBeNull;
  private final Set<String> functions;

  private Schema(SchemaNode root, boolean mayBeNull, Set<String> functions) {
    this.root = root;
    this.mayBeNull = mayBeNull;
    this.functions = Set.copyOf(functions);
  }

  /// What parsing came to.
  ///
  /// @param schema one that no document satisfies when there is an error among the faults
  public record Parsing(Schema schema, List<Fault> faults) {

    public Parsing {
      faults = List.copyOf(faults);
    }
  }

  /// Parses a schema. An empty one allows everything.
  ///
  /// @param mayBeNull whether fields that are not required may be `null`, whatever their type
  public static Parsing parse(BsonDocument written, boolean mayBeNull) {
    SchemaParser parser = new SchemaParser();
    SchemaNode root = parser.parseRoot(written);
    boolean isFaulty = parser.faults().stream().anyMatch(Fault::isError);
    return new Parsing(
        new Schema(isFaulty ? SchemaNode.NONE : root, mayBeNull, parser.functions()),
        parser.faults());
  }

  /// The functions that its `validate` expressions name.
  public Set<String> functions() {
    return functions;
  }

  /// Everything that is wrong with a document that is about to be stored.
  ///
  /// @param before the document that it takes the place of; `null` before an insert
  public List<Violation> violations(
      Truths truths, Facts request, @Nullable BsonDocument before, BsonDocument after) {
    Validation validation =
        new Validation(truths, DocumentFacts.ofChange(request, before, after), mayBeNull);
    validation.validate("(root)", root, before, after);
    return validation.violations();
  }
}
