package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.jsruntime.service.CallScope;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What services may know of one invocation, and what they hold for it. Safe from any thread.
final class InvocationScope implements CallScope {

  private final AppId appId;
  private final Invocation invocation;
  private final Queue<Runnable> releases = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  InvocationScope(AppId appId, Invocation invocation) {
    this.appId = appId;
    this.invocation = invocation;
  }

  @Override
  public AppId appId() {
    return appId;
  }

  @Override
  public boolean runsAsSystem() {
    return invocation.envelope().caller() instanceof Caller.SystemUser;
  }

  @Override
  public Invocation invocation() {
    return invocation;
  }

  @Override
  public void onEnd(Runnable release) {
    releases.add(release);
    if (ended && releases.remove(release)) {
      release.run();
    }
  }

  /// The invocation is over: everything held for it is released.
  void end() {
    ended = true;
    for (Runnable release = releases.poll(); release != null; release = releases.poll()) {
      release.run();
    }
  }
}
