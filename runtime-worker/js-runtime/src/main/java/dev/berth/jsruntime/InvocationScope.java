package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.jsruntime.service.CallScope;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What services may know of one invocation, and what they hold for it. Safe from any thread.
public final class InvocationScope implements CallScope {

  private final AppId appId;
  private final Invocation invocation;
  private final Queue<Runnable> releases = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Elevated> elevated = new AtomicReference<>();
  private volatile boolean ended;

  public InvocationScope(AppId appId, Invocation invocation) {
    this.appId = appId;
    this.invocation = invocation;
  }

  /// The scope for what is done with certain rights: always the same one for the same rights.
  ///
  /// @param rights `system` inside of a call of a function that runs as system; anything else is
  ///     as the invocation itself
  CallScope with(String rights) {
    if (!rights.equals("system") || runsAsSystem()) {
      return this;
    }
    Elevated known = elevated.get();
    if (known != null) {
      return known;
    }
    elevated.compareAndSet(null, new Elevated(this, asSystem(invocation)));
    return with(rights);
  }

  private static Invocation asSystem(Invocation invocation) {
    Invocation.Envelope own = invocation.envelope();
    return invocation.in(own.of(new Caller.SystemUser(own.caller().user())));
  }

  /// The same invocation with the rights of the system user.
  private record Elevated(InvocationScope base, Invocation invocation) implements CallScope {

    @Override
    public AppId appId() {
      return base.appId;
    }

    @Override
    public Invocation begun() {
      return base.invocation;
    }

    @Override
    public boolean runsAsSystem() {
      return true;
    }

    @Override
    public void onEnd(Runnable release) {
      base.onEnd(release);
    }
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
  public void end() {
    ended = true;
    for (Runnable release = releases.poll(); release != null; release = releases.poll()) {
      release.run();
    }
  }
}
