package dev.berth.controlplane.secret;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.set;

import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals texts with AES-256-GCM, each for one purpose: what was sealed for another cannot be
/// opened for this one. The id of the key stands beside each text, so that keys can change.
///
/// Safe from any thread.
public final class Vault {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CHECK = "master-key";

  private final MasterKey current;
  private final Map<String, MasterKey> keys = new HashMap<>();

  /// @param current seals from now on
  /// @param earlier open what they sealed
  public Vault(MasterKey current, List<MasterKey> earlier) {
    this.current = current;
    earlier.forEach(key -> keys.put(key.id(), key));
    keys.put(current.id(), current);
  }

  /// A text that only a vault with the same key can read.
  ///
  /// @param keyId of the master key
  /// @param content nonce and ciphertext in Base64
  public record Sealed(String keyId, String content) {

    /// As a field of a document.
    public JsonObject document() {
      return new JsonObject().put("keyId", keyId).put("content", content);
    }

    public static Sealed of(JsonObject document) {
      return new Sealed(document.getString("keyId"), document.getString("content"));
    }
  }

  /// Looks whether this is the vault that sealed what the database holds, and marks a new
  /// database as its own. Blocks.
  ///
  /// @throws WrongMasterKeyException when it is another one
  public void claim(ControlPlaneDatabase database) {
    DocumentCollection settings = database.collection("settings");
    settings.insert(byId(CHECK).put("sealed", seal(CHECK, CHECK).document()));
    JsonObject mark = settings.find(byId(CHECK)).orElseThrow();
    open(Sealed.of(mark.getJsonObject("sealed")), CHECK);
  }

  /// Seals a text.
  ///
  /// @param purpose what it is for and whose it is; needed to open it
  public Sealed seal(String text, String purpose) {
    byte[] nonce = Ids.randomBytes(NONCE_BYTES);
    try {
      byte[] content =
          cipher(Cipher.ENCRYPT_MODE, current, nonce, purpose)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] both =
          ByteBuffer.allocate(nonce.length + content.length).put(nonce).put(content).array();
      return new Sealed(current.id(), Base64.getEncoder().encodeToString(both));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES with GCM", e);
    }
  }

  /// The text that was sealed.
  ///
  /// @throws WrongMasterKeyException when it was sealed with a key that is not here
  /// @throws IllegalStateException when it was changed, or sealed for another purpose
  public String open(Sealed sealed, String purpose) {
    MasterKey key = keys.get(sealed.keyId());
    if (key == null) {
      throw new WrongMasterKeyException(sealed.keyId(), current.id());
    }
    byte[] both = Base64.getDecoder().decode(sealed.content());
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(both).get(nonce);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw new IllegalStateException("a sealed text was changed, or is of something else", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES with GCM", e);
    }
  }

  /// Whether there are keys that only open.
  public boolean hasEarlierKeys() {
    return keys.size() > 1;
  }

  /// Whether a text is sealed with the key that seals now.
  boolean isCurrent(Sealed sealed) {
    return sealed.keyId().equals(current.id());
  }

  /// Seals a field of stored documents with the key that seals now, one document after the other;
  /// who changes one meanwhile has sealed it with that key, too. Blocks.
  ///
  /// @param purpose of the field in a document
  /// @return how many were sealed with another key
  public int reseal(
      DocumentCollection collection, String field, Function<JsonObject, String> purpose) {
    int again = 0;
    JsonObject withField = new JsonObject().put(field, new JsonObject().put("$exists", true));
    for (JsonObject document : collection.all(withField, "_id")) {
      Sealed before = Sealed.of(document.getJsonObject(field));
      if (!isCurrent(before)) {
        String text = open(before, purpose.apply(document));
        JsonObject sealed = seal(text, purpose.apply(document)).document();
        JsonObject unchanged =
            byId(document.getString("_id")).put(field + ".content", before.content());
        again += collection.update(unchanged, set(new JsonObject().put(field, sealed))) ? 1 : 0;
      }
    }
    return again;
  }

  private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
