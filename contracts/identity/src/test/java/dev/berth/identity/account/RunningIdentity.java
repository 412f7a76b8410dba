package dev.berth.identity.account;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.granted;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.identity.Accounts;
import dev.berth.identity.Credential;
import dev.berth.identity.Device;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.TestClock;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.mail.LinkMail;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invocation.FunctionCall;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Identity on an embedded database, with app functions written in Java and mail that is kept.
final class RunningIdentity implements AutoCloseable {

  static final String HOME = "192.0.2.1";
  static final String PASSWORD = "correct horse";

  final TestClock clock = new TestClock();
  final List<LinkMail> mails = new CopyOnWriteArrayList<>();
  final List<FunctionCall> calls = new CopyOnWriteArrayList<>();
  final Map<String, BsonDocument> customData = new ConcurrentHashMap<>();

  private final Map<String, Function<List<BsonValue>, Outcome>> functions =
      new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final Path folder;
  private MongoServer server;
  private Identity identity;
  private boolean mailBroken;

  private RunningIdentity(Path folder) {
    this.folder = folder;
    start();
  }

  static RunningIdentity in(Path folder, DeployedApp... apps) {
    RunningIdentity running = new RunningIdentity(folder);
    for (DeployedApp app : apps) {
      running.deploy(app);
    }
    return running;
  }

  private void start() {
    server = new MongoServer(new H2Backend(folder.resolve("db").toString()));
    String connection = server.bindAndGetConnectionString();
    identity = await(openOn(connection));
  }

  private Future<Identity> openOn(String connection) {
    return Identity.open(
        vertx,
        connection,
        new Identity.Surroundings(
            catalog,
            this::invoke,
            this::send,
            (_, userId) ->
                Future.succeededFuture(customData.getOrDefault(userId, new BsonDocument())),
            IdentitySettings.defaults().withHashCost(64, 1, 2),
            _ -> true,
            clock));
  }

  /// A second gateway on the same database.
  Identity another() {
    return await(openOn(server.getConnectionString()));
  }

  void restart() {
    close(identity);
    server.shutdownNow();
    start();
  }

  void deploy(DeployedApp app) {
    catalog.apply(new AppChange.Deployed(app));
  }

  void remove(AppId appId) {
    catalog.apply(new AppChange.Removed(appId));
  }

  void function(String name, Function<List<BsonValue>, Outcome> function) {
    functions.put(name, function);
  }

  /// A function that returns an object with that status.
  void functionWithStatus(String name, String status) {
    function(name, _ -> new Outcome.Returned(new BsonDocument("status", new BsonString(status))));
  }

  void breakMail() {
    mailBroken = true;
  }

  void mendMail() {
    mailBroken = false;
  }

  private Future<Outcome> invoke(Invocation invocation) {
    FunctionCall call = (FunctionCall) invocation;
    calls.add(call);
    Function<List<BsonValue>, Outcome> function = functions.get(call.function());
    return Future.succeededFuture(
        function == null
            ? new Outcome.NotFound(call.function())
            : function.apply(call.arguments()));
  }

  private Future<Void> send(LinkMail mail) {
    if (mailBroken) {
      return Future.failedFuture("the mail server is down");
    }
    mails.add(mail);
    return Future.succeededFuture();
  }

  Accounts accounts() {
    return identity.accounts();
  }

  UserAdministration administration() {
    return identity.administration();
  }

  Identity identity() {
    return identity;
  }

  /// The query parameters of the link that was mailed last.
  Link lastLink() {
    String query = URI.create(mails.getLast().link()).getQuery();
    String[] parts = query.substring(query.indexOf("token=")).split("[=&]", -1);
    return new Link(parts[1], parts[3]);
  }

  /// What a link carries.
  record Link(String token, String tokenId) {}

  /// Registers and signs in; the app must confirm at once.
  LogIn newUser(DeployedApp app, String email) {
    granted(accounts().emailPassword().register(app, email, PASSWORD, HOME));
    return logIn(app, new Credential.EmailPassword(email, PASSWORD));
  }

  LogIn logIn(DeployedApp app, Credential credential) {
    return granted(accounts().logIn(app, credential, Device.none(), HOME));
  }

  Session access(LogIn logIn) {
    return granted(accounts().verifyAccess(logIn.accessToken()));
  }

  Session refresh(LogIn logIn) {
    return granted(accounts().verifyRefresh(logIn.refreshToken()));
  }

  static void close(Identity identity) {
    await(identity.close());
  }

  @Override
  public void close() {
    close(identity);
    await(vertx.close());
    server.shutdownNow();
  }
}
