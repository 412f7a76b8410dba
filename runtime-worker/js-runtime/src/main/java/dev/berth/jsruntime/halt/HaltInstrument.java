package dev.berth.jsruntime.halt;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.ContextsListener;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.nodes.LanguageInfo;

/// Knows the contexts of an engine, to halt what runs in them. It adds no probes, so it costs
/// nothing while code runs.
public final class HaltInstrument extends TruffleInstrument {

  static final String ID = "berth-halt";

  @Override
  protected void onCreate(Env env) {
    GuestHalt halt = new GuestHalt(env);
    env.getInstrumenter().attachContextsListener(new Contexts(halt), true);
    env.registerService(halt);
  }

  private record Contexts(GuestHalt halt) implements ContextsListener {

    @Override
    public void onContextCreated(TruffleContext context) {
      halt.add(context);
    }

    @Override
    public void onContextClosed(TruffleContext context) {
      halt.remove(context);
    }

    @Override
    public void onLanguageContextCreated(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextInitialized(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextFinalized(TruffleContext context, LanguageInfo language) {}

    @Override
    public void onLanguageContextDisposed(TruffleContext context, LanguageInfo language) {}
  }
}
