package dev.berth.jsruntime.realm;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;

/// Opens the door to the objects of a context as the engine itself sees them.
///
/// A Truffle instrument, because that is the supported way in: the public polyglot API shows
/// values only through the guest's own lookups, which app code can bend. It adds no probes, so
/// it costs nothing while code runs.
public final class RealmInstrument extends TruffleInstrument {

  static final String ID = "berth-realm";

  /// The inspector of one engine.
  ///
  /// @throws IllegalStateException when the engine did not load the instrument
  public static RealmInspector inspectorOf(Engine engine) {
    Instrument instrument = engine.getInstruments().get(ID);
    if (instrument == null) {
      throw new IllegalStateException(
          "the instrument " + ID + " is not loaded: contexts could not be checked between calls");
    }
    return instrument.lookup(RealmInspector.class);
  }

  @Override
  protected void onCreate(Env env) {
    env.registerService(new RealmInspector(env));
  }
}
