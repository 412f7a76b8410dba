package dev.berth.controlplane.secret;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Secrets;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.Vault.Sealed;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The secrets of all apps. Values go in and come out for deployments alone. Blocks.
public final class AppSecrets {

  private static final int LONGEST_VALUE = 500;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,127}");

  private final DocumentCollection secrets;
  private final Vault vault;

  private AppSecrets(DocumentCollection secrets, Vault vault) {
    this.secrets = secrets;
    this.vault = vault;
  }

  public static AppSecrets in(ControlPlaneDatabase database, Vault vault) {
    DocumentCollection secrets = database.collection("secrets");
    secrets.uniqueIndex("appId", "name");
    return new AppSecrets(secrets, vault);
  }

  /// Without their values, by name.
  public List<AppSecret> list(AppId appId) {
    return secrets.all(where("appId", appId.value()), "name").stream()
        .map(AppSecrets::secret)
        .toList();
  }

  public AppSecret add(AppId appId, String name, String value) {
    AppSecret secret = new AppSecret(Ids.next(), checkedName(name));
    JsonObject document =
        byId(secret.id())
            .put("appId", appId.value())
            .put("name", name)
            .put("sealed", sealed(appId, secret.id(), value));
    if (!secrets.insert(document)) {
      throw taken(name);
    }
    return secret;
  }

  /// Changes name and value.
  ///
  /// @param value empty to keep the one it has
  public void change(AppId appId, String id, String name, String value) {
    find(appId, id);
    JsonObject fields = new JsonObject().put("name", checkedName(name));
    if (!value.isEmpty()) {
      fields.put("sealed", sealed(appId, id, value));
    }
    if (!secrets.update(own(appId, id), set(fields))) {
      throw taken(name);
    }
  }

  /// Sets the value of the secret of a name, which is made when there is none.
  public void put(AppId appId, String name, String value) {
    secrets
        .find(where("appId", appId.value()).put("name", name))
        .ifPresentOrElse(
            found -> change(appId, found.getString("_id"), name, value),
            () -> add(appId, name, value));
  }

  public void remove(AppId appId, String id) {
    find(appId, id);
    secrets.remove(own(appId, id));
  }

  /// Removes all secrets of an app that is gone.
  public void removeAll(AppId appId) {
    secrets.removeAll(where("appId", appId.value()));
  }

  /// All of them with their values.
  public Secrets read(AppId appId) {
    Map<String, String> byName = new HashMap<>();
    for (JsonObject document : secrets.all(where("appId", appId.value()), "name")) {
      byName.put(document.getString("name"), open(appId, document));
    }
    return Secrets.of(byName);
  }

  /// Seals everything with the current master key.
  ///
  /// @return how many were sealed with another one
  public int rotate() {
    return vault.reseal(
        secrets,
        "sealed",
        document -> purpose(new AppId(document.getString("appId")), document.getString("_id")));
  }

  /// Refuses what cannot be a secret.
  static void requireUsable(String name, String value) {
    checkedName(name);
    requireUsable(value);
  }

  private static void requireUsable(String value) {
    if (value.isEmpty() || value.length() > LONGEST_VALUE) {
      throw Refusal.invalid("a secret has 1 to " + LONGEST_VALUE + " characters");
    }
  }

  private JsonObject sealed(AppId appId, String id, String value) {
    requireUsable(value);
    return vault.seal(value, purpose(appId, id)).document();
  }

  private String open(AppId appId, JsonObject document) {
    return vault.open(
        Sealed.of(document.getJsonObject("sealed")), purpose(appId, document.getString("_id")));
  }

  /// The id, which never changes, rather than the name.
  private static String purpose(AppId appId, String id) {
    return "secret " + appId + "/" + id;
  }

  private AppSecret find(AppId appId, String id) {
    return secrets
        .find(own(appId, id))
        .map(AppSecrets::secret)
        .orElseThrow(() -> Refusal.notFound(null, "secret not found: \"" + id + "\""));
  }

  private static JsonObject own(AppId appId, String id) {
    return byId(id).put("appId", appId.value());
  }

  private static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Refusal.invalid(
          "the name of a secret has up to 128 letters, digits, _ and -, the first none of -");
    }
    return name;
  }

  private static Refusal taken(String name) {
    return Refusal.conflict("DuplicateSecretName", "there is a secret of that name: " + name);
  }

  private static AppSecret secret(JsonObject document) {
    return new AppSecret(document.getString("_id"), document.getString("name"));
  }
}
