package dev.berth.jsruntime.halt;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/// Tells the engine that [HaltInstrument] exists. Written by hand because the annotation
/// processor that usually writes it is not published.
@TruffleInstrument.Registration(
    id = HaltInstrument.ID,
    name = "Berth halt",
    version = "1",
    services = GuestHalt.class,
    sandbox = SandboxPolicy.CONSTRAINED)
public final class HaltInstrumentProvider extends TruffleInstrumentProvider {

  @Override
  protected String getInstrumentClassName() {
    return HaltInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new HaltInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(GuestHalt.class.getName());
  }
}
