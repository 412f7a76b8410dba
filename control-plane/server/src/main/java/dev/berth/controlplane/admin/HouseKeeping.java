package dev.berth.controlplane.admin;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done from time to time and can wait until the next time: a chore that fails, such as the
/// removal of more than a database removes in half a minute, keeps nobody from the others, and no
/// process from starting.
record HouseKeeping(List<Runnable> chores) {

  private static final Logger LOG = LoggerFactory.getLogger(HouseKeeping.class);

  static HouseKeeping of(Runnable... chores) {
    return new HouseKeeping(List.of(chores));
  }

  void run() {
    chores.forEach(HouseKeeping::run);
  }

  private static void run(Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException failure) {
      LOG.atWarn().setCause(failure).log("what is old or unused is not all removed yet");
    }
  }
}
