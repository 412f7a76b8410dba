package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import org.graalvm.polyglot.SandboxPolicy;

/// Tells the engine that [RealmInstrument] exists. Written by hand because the annotation
/// processor that usually writes it is not published.
@TruffleInstrument.Registration(
    id = RealmInstrument.ID,
    name = "Berth realm inspector",
    version = "1",
    services = RealmInspector.class,
    sandbox = SandboxPolicy.CONSTRAINED)
public final class RealmInstrumentProvider extends TruffleInstrumentProvider {

  @Override
  protected String getInstrumentClassName() {
    return RealmInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new RealmInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(RealmInspector.class.getName());
  }
}
