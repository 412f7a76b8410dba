package dev.berth.launcher.appcode;

import dev.berth.jsruntime.Ailment;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells, once each, of what becomes wrong with the process that runs app code.
public final class AilmentWatch {

  private static final long EVERY_MS = 200;

  private final AppCode code;
  private final Consumer<Ailment> onAilment;
  private @Nullable Ailment told;

  private AilmentWatch(AppCode code, Consumer<Ailment> onAilment) {
    this.code = code;
    this.onAilment = onAilment;
  }

  /// Watches until Vert.x is closed, on one of its threads.
  public static void start(Vertx vertx, AppCode code, Consumer<Ailment> onAilment) {
    AilmentWatch watch = new AilmentWatch(code, onAilment);
    vertx.setPeriodic(EVERY_MS, _ -> watch.look());
  }

  private void look() {
    Ailment found = code.ailment();
    // Another call of the same kind is no news.
    if (found != null && (told == null || told.getClass() != found.getClass())) {
      told = found;
      onAilment.accept(found);
    }
  }
}
