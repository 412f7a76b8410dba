package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The things of an app one by one. Every change gives a new document; whether that is still an
/// app is checked when it is deployed.
///
/// Whoever starts with the files of an app reads them with
/// [dev.berth.appmodel.document.AppExport] and writes them back in the layout they had.
public record AppEntities(AppDocument document) {

  /// What became of a change.
  public sealed interface Edit {}

  /// The document has changed.
  ///
  /// @param entity as it is now, with the id of its name
  public record Edited(AppDocument document, Entity entity) implements Edit {}

  /// The document stays as it is.
  ///
  /// @param message one sentence for whoever sent the change
  public record Refused(Reason reason, String message) implements Edit {}

  /// Why a change was refused.
  public enum Reason {
    /// Something is missing in it.
    INCOMPLETE,
    /// There is something of that name already.
    NAME_TAKEN,
    /// What it is about is not there.
    NOT_FOUND
  }

  /// All things of a kind that belong to no service, in the order of the document.
  public List<Entity> list(EntityKind kind) {
    return list(kind, "");
  }

  /// All things of a kind that belong to a service.
  ///
  /// @param owner the name of the service; empty for kinds that belong to none
  public List<Entity> list(EntityKind kind, String owner) {
    List<Entity> entities = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields value : kind.place().read(document, owner)) {
      String name = kind.nameOf(value);
      Entity entity = new Entity(kind, owner, name == null ? "" : name, value);
      if (seen.add(entity.id())) {
        entities.add(entity);
      }
    }
    return entities;
  }

  /// The thing with an id, or `null` when there is none.
  public @Nullable Entity find(EntityKind kind, String owner, String id) {
    return list(kind, owner).stream()
        .filter(entity -> entity.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /// The thing with a name, or `null` when there is none.
  public @Nullable Entity named(EntityKind kind, String owner, String name) {
    return find(kind, owner, Entity.id(kind, owner, name));
  }

  /// Adds something whose name is free.
  public Edit add(EntityKind kind, String owner, Fields value) {
    return set(kind, owner, null, value);
  }

  /// Replaces what has an id; it may get another name, which has to be free.
  public Edit replace(EntityKind kind, String owner, String id, Fields value) {
    Entity old = find(kind, owner, id);
    return old == null
        ? new Refused(Reason.NOT_FOUND, "there is nothing with the id " + id)
        : set(kind, owner, old, value);
  }

  private Edit set(EntityKind kind, String owner, @Nullable Entity old, Fields given) {
    Fields value = given.without("_id", "id");
    String name = kind.nameOf(value);
    if (name == null || name.isEmpty()) {
      return new Refused(Reason.INCOMPLETE, kind.required());
    }
    if (isWithoutOwner(kind, owner, value)) {
      return new Refused(Reason.NOT_FOUND, "there is no such service or data source");
    }
    if ((old == null || !old.name().equals(name)) && named(kind, owner, name) != null) {
      return new Refused(Reason.NAME_TAKEN, "there is already something called \"" + name + "\"");
    }
    Fields whole = kind == EntityKind.ENVIRONMENT_VALUE ? EnvironmentValues.orEmpty(value) : value;
    int index = old == null ? kind.place().read(document, owner).size() : indexOf(old);
    AppDocument changed = kind.place().set(document, owner, index, whole);
    return new Edited(changed, new Entity(kind, owner, name, whole));
  }

  private boolean isWithoutOwner(EntityKind kind, String owner, Fields value) {
    String service =
        kind == EntityKind.SCHEMA
            ? String.valueOf(value.fields("metadata").text("data_source"))
            : owner;
    return (kind.isOwned() || kind == EntityKind.SCHEMA)
        && ServicePlaces.find(document, service).isEmpty();
  }

  private int indexOf(Entity entity) {
    List<Fields> values = entity.kind().place().read(document, entity.owner());
    for (int i = 0; i < values.size(); i++) {
      if (entity.name().equals(entity.kind().nameOf(values.get(i)))) {
        return i;
      }
    }
    throw new IllegalStateException("what was just found is gone: " + entity.id());
  }

  /// Removes what has an id, or refuses when it is not there.
  public Edit remove(EntityKind kind, String owner, String id) {
    Entity old = find(kind, owner, id);
    return old == null
        ? new Refused(Reason.NOT_FOUND, "there is nothing with the id " + id)
        : new Edited(kind.place().remove(document, owner, indexOf(old)), old);
  }
}
