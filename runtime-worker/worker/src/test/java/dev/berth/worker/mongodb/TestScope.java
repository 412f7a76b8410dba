package dev.berth.worker.mongodb;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.service.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;

/// An invocation that a test begins and ends.
///
/// A record on purpose: two of them may be equal, and must not be taken for one another.
record TestScope(AppId appId, Invocation invocation, Invocation begun, Releases releases)
    implements CallScope {

  static TestScope system() {
    return of(Caller.system());
  }

  static TestScope user() {
    return of(Caller.nobody());
  }

  /// A user with this id, who is an admin or not.
  static TestScope user(String id, boolean isAdmin) {
    return of(
        new Caller.SignedIn(
            id,
            "normal",
            new BsonDocument(),
            new BsonDocument("admin", BsonBoolean.valueOf(isAdmin)),
            List.of()));
  }

  private static TestScope of(Caller caller) {
    var envelope =
        new Invocation.Envelope(
            TestDatabase.APP, new Revision(1), RequestId.next(), caller, Duration.ofSeconds(60));
    var invocation = new Invocation.FunctionCall(envelope, "main", List.of(), RequestFacts.none());
    return new TestScope(TestDatabase.APP, invocation, invocation, new Releases());
  }

  /// The same invocation inside of a function that runs as system.
  TestScope elevated() {
    return new TestScope(appId, system().invocation, begun, releases);
  }

  @Override
  public boolean runsAsSystem() {
    return invocation.envelope().caller() instanceof Caller.SystemUser;
  }

  @Override
  public void onEnd(Runnable release) {
    releases.add(release);
  }

  void end() {
    releases.run();
  }

  static final class Releases {

    private final List<Runnable> registered = new ArrayList<>();
    private boolean ended;

    private synchronized void add(Runnable release) {
      if (ended) {
        release.run();
      } else {
        registered.add(release);
      }
    }

    private synchronized void run() {
      ended = true;
      registered.forEach(Runnable::run);
      registered.clear();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Releases;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
