package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The files of apps, each bundle once, by its digest. A document of MongoDB holds 16 MB at most,
/// so a bundle is packed and kept in pieces; it is there when its own document is, which is
/// written last.
public final class BundleStore {

  private static final int PIECE_BYTES = 4 << 20;

  /// Nothing is removed that was put in lately: whoever did that may be about to refer to it.
  private static final Duration YOUNG = Duration.ofHours(24);

  private final DocumentCollection bundles;
  private final DocumentCollection pieces;
  private final InstantSource clock;

  private BundleStore(ControlPlaneDatabase database, InstantSource clock) {
    this.bundles = database.collection("bundles");
    this.pieces = database.collection("bundle_pieces");
    this.clock = clock;
  }

  public static BundleStore in(ControlPlaneDatabase database, InstantSource clock) {
    return new BundleStore(database, clock);
  }

  /// Keeps a bundle and answers its digest.
  public String put(AppBundle bundle) {
    String digest = bundle.digest();
    JsonObject used = set(new JsonObject().put("usedAt", date(clock.instant())));
    while (!bundles.update(byId(digest), used)) {
      // Whoever removes the same files at this moment removes pieces of another set.
      String pieceSet = Ids.next();
      int count = putPieces(pieceSet, pack(bundle));
      boolean isFirst =
          bundles.insert(
              byId(digest)
                  .put("pieces", count)
                  .put("set", pieceSet)
                  .put("bytes", bundle.bytes())
                  .put("usedAt", date(clock.instant())));
      if (isFirst) {
        return digest;
      }
      removePieces(pieceSet, count);
    }
    return digest;
  }

  private int putPieces(String set, byte[] packed) {
    int count = 0;
    for (int start = 0; start < packed.length; start += PIECE_BYTES) {
      byte[] piece =
          Arrays.copyOfRange(packed, start, Math.min(packed.length, start + PIECE_BYTES));
      pieces.insert(
          byId(set + "/" + count++)
              .put("set", set)
              .put("at", date(clock.instant()))
              .put("data", new JsonObject().put("$binary", piece)));
    }
    return count;
  }

  private void removePieces(String set, int count) {
    for (int i = 0; i < count; i++) {
      pieces.remove(byId(set + "/" + i));
    }
  }

  /// Older bundles have pieces that are called as they are.
  private static String setOf(JsonObject bundle) {
    return bundle.getString("set", bundle.getString("_id"));
  }

  /// The bundle of a digest.
  public Optional<AppBundle> find(String digest) {
    Optional<JsonObject> found = bundles.find(byId(digest));
    while (found.isPresent()) {
      JsonObject bundle = found.get();
      byte[] packed = packed(setOf(bundle), bundle.getInteger("pieces"));
      if (packed != null) {
        return Optional.of(checked(digest, packed));
      }
      found = bundles.find(byId(digest));
      if (found.isPresent() && setOf(found.get()).equals(setOf(bundle))) {
        throw new IllegalStateException("a part of bundle " + digest + " is missing");
      }
    }
    return Optional.empty();
  }

  /// `null` when somebody removes the bundle at this moment.
  private byte @Nullable [] packed(String set, int count) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      Optional<JsonObject> piece = pieces.find(byId(set + "/" + i));
      if (piece.isEmpty()) {
        return null;
      }
      packed.writeBytes(piece.get().getJsonObject("data").getBinary("$binary"));
    }
    return packed.toByteArray();
  }

  private static AppBundle checked(String digest, byte[] packed) {
    AppBundle bundle = unpack(packed);
    if (!bundle.digest().equals(digest)) {
      throw new IllegalStateException("the stored files of bundle " + digest + " were changed");
    }
    return bundle;
  }

  /// Removes bundles that nobody needs any more.
  ///
  /// @param needed their digests
  public void retain(Set<String> needed) {
    JsonObject longAgo = new JsonObject().put("$lt", date(clock.instant().minus(YOUNG)));
    JsonObject old =
        where("usedAt", longAgo)
            .put("_id", new JsonObject().put("$nin", new JsonArray(needed.stream().toList())));
    for (JsonObject bundle : bundles.all(old, "_id")) {
      // Somebody may have begun to use it since.
      if (bundles.remove(byId(bundle.getString("_id")).put("usedAt", longAgo))) {
        removePieces(setOf(bundle), bundle.getInteger("pieces"));
      }
    }
    removeAbandonedPieces();
  }

  /// Of a process that ended before the bundle was there.
  private void removeAbandonedPieces() {
    Instant before = clock.instant().minus(YOUNG.multipliedBy(2));
    JsonObject longAgo = new JsonObject().put("$lt", date(before));
    JsonArray sets = new JsonArray();
    bundles.all(new JsonObject(), "_id").forEach(bundle -> sets.add(setOf(bundle)));
    pieces.removeAll(where("at", longAgo).put("set", new JsonObject().put("$nin", sets)));
  }

  private static byte[] pack(AppBundle bundle) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
      out.writeInt(bundle.size());
      for (String path : bundle.paths()) {
        byte[] content = content(bundle, path);
        out.writeUTF(path);
        out.writeInt(content.length);
        out.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] content(AppBundle bundle, String path) {
    byte[] content = bundle.content(path);
    if (content == null) {
      throw new IllegalStateException("a bundle has no file of its own path " + path);
    }
    return content;
  }

  private static AppBundle unpack(byte[] packed) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
      for (int left = in.readInt(); left > 0; left--) {
        String path = in.readUTF();
        files.put(path, in.readNBytes(in.readInt()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a stored bundle is broken", e);
    }
    return AppBundle.of(files);
  }
}
