package dev.berth.jsruntime.frames;

import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/// Puts a [FrameLimitNode] around the body of every function of app code.
public final class FrameLimitInstrument extends TruffleInstrument {

  static final String ID = "berth-frames";

  /// How the sources of the prelude are named.
  public static final String PRELUDE = "berth:";

  @Override
  protected void onCreate(Env env) {
    SourceSectionFilter functions =
        SourceSectionFilter.newBuilder()
            .tagIs(StandardTags.RootTag.class)
            // The bodies of generators count too, which the engine calls internal. The prelude does
            // not:
            // it nests only as deep as it allows itself.
            .includeInternal(true)
            .sourceIs(source -> !source.getName().startsWith(PRELUDE))
            .build();
    env.getInstrumenter()
        .attachExecutionEventFactory(functions, context -> new FrameLimitNode(env));
    env.registerService(new FrameLimit());
  }
}
