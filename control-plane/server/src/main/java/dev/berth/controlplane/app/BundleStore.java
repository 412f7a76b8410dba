package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

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
    if (!bundles.update(byId(digest), used)) {
      byte[] packed = pack(bundle);
      int count = 0;
      for (int start = 0; start < packed.length; start += PIECE_BYTES) {
        byte[] piece =
            Arrays.copyOfRange(packed, start, Math.min(packed.length, start + PIECE_BYTES));
        pieces.insert(
            byId(digest + "/" + count++).put("data", new JsonObject().put("$binary", piece)));
      }
      bundles.insert(
          byId(digest)
              .put("pieces", count)
              .put("bytes", bundle.bytes())
              .put("usedAt", date(clock.instant())));
    }
    return digest;
  }

  /// The bundle of a digest.
  public Optional<AppBundle> find(String digest) {
    return bundles.find(byId(digest)).map(document -> read(digest, document.getInteger("pieces")));
  }

  private AppBundle read(String digest, int count) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      JsonObject piece = pieces.find(byId(digest + "/" + i)).orElseThrow();
      packed.writeBytes(piece.getJsonObject("data").getBinary("$binary"));
    }
    AppBundle bundle = unpack(packed.toByteArray());
    if (!bundle.digest().equals(digest)) {
      throw new IllegalStateException("the stored files of bundle " + digest + " were changed");
    }
    return bundle;
  }

  /// Removes bundles that nobody needs any more.
  ///
  /// @param needed their digests
  public void retain(Set<String> needed) {
    JsonObject old =
        new JsonObject()
            .put("usedAt", new JsonObject().put("$lt", date(clock.instant().minus(YOUNG))))
            .put("_id", new JsonObject().put("$nin", new JsonArray(needed.stream().toList())));
    for (JsonObject bundle : bundles.all(old, "_id")) {
      String digest = bundle.getString("_id");
      bundles.remove(byId(digest));
      for (int i = 0; i < bundle.getInteger("pieces"); i++) {
        pieces.remove(byId(digest + "/" + i));
      }
    }
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
