package dev.berth.rules.access;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.DocumentFilters;
import dev.berth.rules.Candidates;
import dev.berth.rules.Expression;
import dev.berth.rules.Facts;
import dev.berth.rules.PushDown;
import dev.berth.rules.Truths;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What one role permits with a document that it applies to.
///
/// @param readGate which documents may be read at all
/// @param writeGate which documents may be written at all
/// @param read `null` where the role does not mention it, which leaves the decision to `fields`
/// @param write likewise
record RoleRules(
    Expression applyWhen,
    Expression readGate,
    Expression writeGate,
    @Nullable Expression read,
    @Nullable Expression write,
    Expression insert,
    Expression delete,
    FieldRules fields) {

  static RoleRules of(Role role) {
    DocumentFilters gate = role.documentFilters();
    return new RoleRules(
        parsed(role.applyWhen()),
        gate == null ? Expression.always() : orAlways(gate.read()),
        gate == null ? Expression.always() : orAlways(gate.write()),
        role.read() == null ? null : parsed(role.read()),
        role.write() == null ? null : parsed(role.write()),
        orAlways(role.insert()),
        orAlways(role.delete()),
        FieldRules.of(role.fields(), role.additionalFields()));
  }

  private static Expression orAlways(@Nullable BsonValue written) {
    return written == null ? Expression.always() : parsed(written);
  }

  /// One with faults comes from a deployment that knew less of expressions: it is never true.
  private static Expression parsed(BsonValue written) {
    return Expression.parse(written, ExpressionScope.DOCUMENT).expression();
  }

  /// What of a document may be seen; `null` when nothing.
  ///
  /// Who may write may read. Whether one may write is asked as of a change that leaves the
  /// document as it is, so that a role which may only insert sees nothing.
  @Nullable BsonDocument visible(Truths truths, Facts request, BsonDocument document) {
    DocumentFacts reading = DocumentFacts.ofRead(request, document);
    DocumentFacts writing = DocumentFacts.ofStored(request, document);
    if (!truths.holds(readGate, reading) && !truths.holds(writeGate, writing)) {
      return null;
    }
    if (read != null && truths.holds(read, reading)) {
      return document;
    }
    if (write != null && truths.holds(write, writing)) {
      return document;
    }
    if (read != null) {
      return null;
    }
    BsonDocument visible = new VisibleFields(truths, reading, writing).of(document, fields);
    return visible.isEmpty() ? null : visible;
  }

  /// The documents of which something may be visible, should the role apply to them.
  Candidates readable(PushDown reading, PushDown writing) {
    Candidates gate = Candidates.any(List.of(reading.of(readGate), writing.of(writeGate)));
    Candidates whole =
        Candidates.any(
            List.of(
                read == null ? new Candidates.None() : reading.of(read),
                write == null ? new Candidates.None() : writing.of(write)));
    return decidesByField() ? gate : Candidates.every(List.of(gate, whole));
  }

  /// Whether fields may be visible of a document that is not visible as a whole.
  boolean decidesByField() {
    return read == null && fields.mayPermitReading();
  }

  /// Whether every document that the role applies to may be seen as a whole.
  boolean permitsReadingAll(PushDown known) {
    boolean isOpen = known.isTrueForAll(readGate) || known.isTrueForAll(writeGate);
    return isOpen
        && ((read != null && known.isTrueForAll(read))
            || (write != null && known.isTrueForAll(write)));
  }

  /// Whether a document may be inserted.
  ///
  /// @param written the fields that the caller wrote; the rest of the document was generated
  boolean permitsInsert(Truths truths, Facts request, BsonDocument document, BsonDocument written) {
    DocumentFacts facts = DocumentFacts.ofChange(request, null, document);
    return truths.holds(writeGate, facts)
        && (write == null
            ? new ChangedFields(truths, facts).areAllWritable(null, written, fields)
            : truths.holds(write, facts))
        && truths.holds(insert, facts);
  }

  /// Whether a document may become another one. The gate must be open before and after, so that
  /// nobody can pull a document through it, or push one out.
  boolean permitsUpdate(Truths truths, Facts request, BsonDocument before, BsonDocument after) {
    DocumentFacts facts = DocumentFacts.ofChange(request, before, after);
    return truths.holds(writeGate, DocumentFacts.ofStored(request, before))
        && truths.holds(writeGate, facts)
        && (write == null
            ? new ChangedFields(truths, facts).arePermitted(before, after, fields)
            : truths.holds(write, facts));
  }

  boolean permitsDelete(Truths truths, Facts request, BsonDocument document) {
    DocumentFacts facts = DocumentFacts.ofStored(request, document);
    return truths.holds(writeGate, facts)
        && (write == null
            ? new ChangedFields(truths, facts).areAllWritable(document, document, fields)
            : truths.holds(write, facts))
        && truths.holds(delete, facts);
  }
}
