package dev.berth.rules.access;

import dev.berth.appmodel.Filter;
import dev.berth.appmodel.Role;
import dev.berth.rules.Candidates;
import dev.berth.rules.Facts;
import dev.berth.rules.PushDown;
import dev.berth.rules.Truths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// The roles and filters of one collection, parsed. Immutable, so one for each revision of an
/// app is enough.
///
/// The first role that applies to a document decides about it; which one that is, the document
/// itself may decide. Where no role applies nothing is permitted.
public final class CollectionRules {

  private final List<RoleRules> roles;
  private final List<FilterRules> filters;

  private CollectionRules(List<RoleRules> roles, List<FilterRules> filters) {
    this.roles = List.copyOf(roles);
    this.filters = List.copyOf(filters);
  }

  public static CollectionRules of(List<Role> roles, List<Filter> filters) {
    return new CollectionRules(
        roles.stream().map(RoleRules::of).toList(), filters.stream().map(FilterRules::of).toList());
  }

  /// Whether there is no role at all, so that nothing is ever permitted.
  public boolean isEmpty() {
    return roles.isEmpty();
  }

  /// What the filters that apply to a request make of its queries.
  ///
  /// Where it cannot be decided whether a filter applies, no document is found.
  public Narrowing narrowing(Truths truths, Facts request) {
    List<Candidates> found = new ArrayList<>();
    List<BsonDocument> projections = new ArrayList<>();
    for (FilterRules filter : filters) {
      switch (truths.of(filter.applyWhen(), request)) {
        case TRUE -> {
          found.add(filter.found(truths, request));
          projections.add(filter.projection());
        }
        case UNDECIDED -> found.add(new Candidates.None());
        case FALSE -> {}
      }
    }
    return new Narrowing(Candidates.every(found), projections);
  }

  /// Whether every document may be seen as a whole, so that nothing has to be judged.
  public boolean permitsReadingAll(Facts request) {
    PushDown known = new PushDown(request, false);
    for (RoleRules role : roles) {
      if (known.isTrueForAll(role.applyWhen())) {
        return filters.isEmpty() && role.permitsReadingAll(known);
      }
      if (!(known.of(role.applyWhen()) instanceof Candidates.None)) {
        return false;
      }
    }
    return false;
  }

  /// Whether a document of which something is visible is visible as a whole, whichever it is.
  public boolean showsWholeDocuments() {
    return filters.stream().allMatch(filter -> filter.projection().isEmpty())
        && roles.stream().noneMatch(RoleRules::decidesByField);
  }

  /// The documents of which something may be visible.
  public Candidates readable(Facts request) {
    PushDown reading = new PushDown(request, false);
    PushDown writing = new PushDown(request, true);
    return candidates(reading, role -> role.readable(reading, writing));
  }

  /// The documents to which a role may apply when they are to be changed.
  public Candidates changeable(Facts request) {
    return candidates(new PushDown(request, true), _ -> new Candidates.All());
  }

  private Candidates candidates(PushDown applying, Function<RoleRules, Candidates> permitted) {
    List<Candidates> each = new ArrayList<>();
    for (RoleRules role : roles) {
      each.add(Candidates.every(List.of(applying.of(role.applyWhen()), permitted.apply(role))));
      if (applying.isTrueForAll(role.applyWhen())) {
        // No document gets as far as to the roles behind it.
        break;
      }
    }
    return Candidates.any(each);
  }

  /// What of a stored document may be seen; `null` when nothing.
  public @Nullable BsonDocument visible(Truths truths, Facts request, BsonDocument stored) {
    RoleRules role = role(truths, DocumentFacts.ofRead(request, stored));
    return role == null ? null : role.visible(truths, request, stored);
  }

  /// What may become of an insert.
  ///
  /// @param document what would be stored
  /// @param written the fields that the caller wrote; an `_id` that was generated is not among
  /// them
  public Permission insert(
      Truths truths, Facts request, BsonDocument document, BsonDocument written) {
    RoleRules role = role(truths, DocumentFacts.ofChange(request, null, document));
    return role == null
        ? Permission.NO_ROLE
        : Permission.of(role.permitsInsert(truths, request, document, written));
  }

  /// What may become of an update or a replacement. The role is that of the document before, so
  /// that nobody gains one by the change itself.
  public Permission update(Truths truths, Facts request, BsonDocument before, BsonDocument after) {
    RoleRules role = role(truths, DocumentFacts.ofStored(request, before));
    return role == null
        ? Permission.NO_ROLE
        : Permission.of(role.permitsUpdate(truths, request, before, after));
  }

  public Permission delete(Truths truths, Facts request, BsonDocument stored) {
    RoleRules role = role(truths, DocumentFacts.ofStored(request, stored));
    return role == null
        ? Permission.NO_ROLE
        : Permission.of(role.permitsDelete(truths, request, stored));
  }

  private @Nullable RoleRules role(Truths truths, DocumentFacts facts) {
    for (RoleRules role : roles) {
      if (truths.holds(role.applyWhen(), facts)) {
        return role;
      }
    }
    return null;
  }
}
