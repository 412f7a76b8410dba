package dev.berth.jsruntime.frames;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/// Tells the engine that [FrameLimitInstrument] exists. Written by hand because the annotation
/// processor that usually writes it is not published.
@TruffleInstrument.Registration(
    id = FrameLimitInstrument.ID,
    name = "Berth frame limit",
    version = "1",
    services = FrameLimit.class,
    sandbox = SandboxPolicy.CONSTRAINED)
public final class FrameLimitInstrumentProvider extends TruffleInstrumentProvider {

  @Override
  protected String getInstrumentClassName() {
    return FrameLimitInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new FrameLimitInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(FrameLimit.class.getName());
  }
}
