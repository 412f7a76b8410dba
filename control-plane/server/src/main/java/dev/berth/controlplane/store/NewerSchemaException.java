package dev.berth.controlplane.store;

/// The database was written by a version of Berth that is newer than this one.
public final class NewerSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NewerSchemaException(int found, int known) {
    super(
        "the database has schema version %d, and this Berth knows versions up to %d: use a newer Berth"
            .formatted(found, known));
  }
}
