package dev.berth.controlplane.tenant;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.Vault.Sealed;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.controlplane.tenant.Administrator.Kind;
import dev.berth.identity.Ids;
import dev.berth.identity.password.BusyException;
import dev.berth.identity.password.Passwords;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/// Who may administer, and how they prove to be who they are. Blocks.
public final class Administrators {

  /// Part of what digests are made of, so it never changes.
  public static final String DIGEST_REALM = "MMS Public API";

  private static final int PUBLIC_KEY_LETTERS = 8;

  private final DocumentCollection administrators;
  private final Vault vault;
  private final Passwords passwords;
  private final InstantSource clock;

  private Administrators(
      DocumentCollection administrators, Vault vault, Passwords passwords, InstantSource clock) {
    this.administrators = administrators;
    this.vault = vault;
    this.passwords = passwords;
    this.clock = clock;
  }

  public static Administrators in(
      ControlPlaneDatabase database, Vault vault, Passwords passwords, InstantSource clock) {
    DocumentCollection administrators = database.collection("administrators");
    administrators.uniqueIndex("kind", "name");
    return new Administrators(administrators, vault, passwords, clock);
  }

  public boolean areNone() {
    JsonObject anybodyElse =
        new JsonObject().put("_id", new JsonObject().put("$ne", Administrator.LOCAL_ID));
    return administrators.count(anybodyElse) == 0;
  }

  /// Makes a programmatic key.
  public NewKey addKey(List<Grant> grants) {
    String publicKey = Ids.letters(PUBLIC_KEY_LETTERS);
    String privateKey = UUID.randomUUID().toString();
    String id = Ids.next();
    String ha1 = ha1(publicKey, privateKey);
    Administrator added = new Administrator(id, Kind.KEY, publicKey, grants);
    if (!administrators.insert(
        document(added, privateKey).put("ha1", vault.seal(ha1, purpose(id)).document()))) {
      return addKey(grants);
    }
    return new NewKey(added, publicKey, privateKey);
  }

  /// Makes an administrator with a password.
  public Administrator addPerson(String name, String password, List<Grant> grants) {
    if (name.isBlank() || !Passwords.isAllowed(password)) {
      throw Refusal.invalid("a user name, and a password of 6 to 128 characters are needed");
    }
    Administrator added = new Administrator(Ids.next(), Kind.PASSWORD, name, grants);
    if (!administrators.insert(document(added, password))) {
      throw Refusal.conflict("AccountNameInUse", "name already in use");
    }
    return added;
  }

  /// The administrator that programs on this machine act as where they need not sign in: has no
  /// secret, so nobody can sign in as it from elsewhere.
  public Administrator local(List<Grant> grants) {
    Administrator local = new Administrator(Administrator.LOCAL_ID, Kind.PASSWORD, "local", grants);
    if (find(Administrator.LOCAL_ID).isEmpty()) {
      administrators.insert(document(local, Ids.secret(40)));
    }
    return local;
  }

  /// Ends the sessions that programs on this machine opened when they needed no secret.
  public void removeLocal() {
    remove(Administrator.LOCAL_ID);
  }

  private JsonObject document(Administrator administrator, String secret) {
    return byId(administrator.id())
        .put("kind", administrator.kind().name())
        .put("name", administrator.name())
        .put("hash", await(passwords.hash(secret)))
        .put("grants", Grant.documents(administrator.grants()))
        .put("createdAt", date(clock.instant()));
  }

  /// Whoever has this name and secret; who does not exist takes the same time as a wrong secret.
  public Optional<Administrator> verify(Kind kind, String name, String secret) {
    Optional<JsonObject> found = named(kind, name);
    if (found.isEmpty()) {
      await(passwords.matchesNobody(secret));
      return Optional.empty();
    }
    return await(passwords.matches(secret, found.get().getString("hash")))
        ? found.map(Administrators::administrator)
        : Optional.empty();
  }

  public Optional<Administrator> find(String id) {
    return administrators.find(byId(id)).map(Administrators::administrator);
  }

  /// An administrator and what digest authentication compares with.
  ///
  /// @param ha1 as good as the private key there: a secret
  public record DigestSecret(Administrator administrator, String ha1) {

    @Override
    public String toString() {
      return "DigestSecret[administrator=" + administrator + "]";
    }
  }

  /// The owner of a public key.
  public Optional<DigestSecret> digestSecret(String publicKey) {
    return named(Kind.KEY, publicKey)
        .map(
            document ->
                new DigestSecret(
                    administrator(document),
                    vault.open(
                        Sealed.of(document.getJsonObject("ha1")),
                        purpose(document.getString("_id")))));
  }

  /// Everybody who has a role in one of these organizations and projects, by name.
  public List<Administrator> withRolesIn(List<String> scopes) {
    JsonObject oneOf = new JsonObject().put("$in", new JsonArray(scopes));
    return administrators.all(where("grants.scopeId", oneOf), "name").stream()
        .map(Administrators::administrator)
        .toList();
  }

  /// Takes the roles in these organizations and projects away, and with the last role everything.
  public void removeFrom(Administrator administrator, List<String> scopes) {
    List<Grant> others =
        administrator.grants().stream().filter(grant -> !scopes.contains(grant.scopeId())).toList();
    if (others.isEmpty()) {
      remove(administrator.id());
    } else {
      administrators.update(
          byId(administrator.id()), set(where("grants", Grant.documents(others))));
    }
  }

  /// Forgets an organization or a project that is gone.
  public void forget(String scope) {
    withRolesIn(List.of(scope)).forEach(each -> removeFrom(each, List.of(scope)));
  }

  /// Removes an administrator, whose sessions are worth nothing from now on.
  public void remove(String id) {
    administrators.remove(byId(id));
  }

  /// Seals everything with the current master key.
  ///
  /// @return how many were sealed with another one
  public static int rotate(ControlPlaneDatabase database, Vault vault) {
    return vault.reseal(
        database.collection("administrators"), "ha1", each -> purpose(each.getString("_id")));
  }

  private Optional<JsonObject> named(Kind kind, String name) {
    return administrators.find(where("kind", kind.name()).put("name", name));
  }

  private static Administrator administrator(JsonObject document) {
    return new Administrator(
        document.getString("_id"),
        Kind.valueOf(document.getString("kind")),
        document.getString("name"),
        Grant.of(document));
  }

  private static String purpose(String id) {
    return "digest " + id;
  }

  private static String ha1(String publicKey, String privateKey) {
    return DigestHash.of(publicKey + ":" + DIGEST_REALM + ":" + privateKey);
  }

  private static <T> T await(Future<T> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BusyException) {
        throw Refusal.of(
            Refusal.Kind.TOO_MANY, "TooManyRequests", "too many sign in at once, try again later");
      }
      throw e;
    }
  }
}
