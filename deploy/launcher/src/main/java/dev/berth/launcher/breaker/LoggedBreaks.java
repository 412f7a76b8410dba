package dev.berth.launcher.breaker;

import dev.berth.appmodel.AppId;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator which apps are broken off.
public final class LoggedBreaks implements AppBreaker.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(AppBreaker.class);

  @Override
  public void brokenOff(AppId appId, Instant until) {
    LOG.atWarn()
        .addKeyValue("appId", appId)
        .addKeyValue("until", until)
        .log("an app keeps ending its workers; its calls are refused");
  }

  @Override
  public void takenBack(AppId appId) {
    LOG.atInfo().addKeyValue("appId", appId).log("calls of an app are taken again");
  }
}
