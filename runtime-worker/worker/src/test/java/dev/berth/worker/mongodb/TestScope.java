package dev.berth.worker.mongodb;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.CallScope;
import java.util.ArrayList;
import java.util.List;

/// An invocation that a test begins and ends.
///
/// A record on purpose: two of them may be equal, and must not be taken for one another.
record TestScope(AppId appId, boolean runsAsSystem, Releases releases) implements CallScope {

  static TestScope system() {
    return new TestScope(TestDatabase.APP, true, new Releases());
  }

  static TestScope user() {
    return new TestScope(TestDatabase.APP, false, new Releases());
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
