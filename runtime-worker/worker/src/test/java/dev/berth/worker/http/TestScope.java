package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.jsruntime.service.CallScope;
import java.util.ArrayList;
import java.util.List;

/// An invocation that a test begins and ends.
final class TestScope implements CallScope {

  private final AppId appId;
  private final List<Runnable> releases = new ArrayList<>();
  private boolean ended;

  TestScope(String app) {
    this.appId = new AppId(app);
  }

  @Override
  public AppId appId() {
    return appId;
  }

  @Override
  public boolean runsAsSystem() {
    return true;
  }

  @Override
  public Invocation invocation() {
    throw new UnsupportedOperationException("the HTTP client asks for no caller");
  }

  @Override
  public void onEnd(Runnable release) {
    boolean late;
    synchronized (this) {
      late = ended;
      if (!late) {
        releases.add(release);
      }
    }
    if (late) {
      release.run();
    }
  }

  void end() {
    List<Runnable> due;
    synchronized (this) {
      ended = true;
      due = List.copyOf(releases);
    }
    due.forEach(Runnable::run);
  }
}
