package dev.berth.jsruntime.frames;

import com.oracle.truffle.api.ContextThreadLocal;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/// Puts a [FrameLimitNode] around the body of every function of app code.
public final class FrameLimitInstrument extends TruffleInstrument {

  static final String ID = "berth-frames";

  private final ContextThreadLocal<FrameLimit.Depth> depth =
      locals.createContextThreadLocal((context, thread) -> new FrameLimit.Depth());

  @Override
  protected void onCreate(Env env) {
    SourceSectionFilter functions =
        SourceSectionFilter.newBuilder()
            .tagIs(StandardTags.RootTag.class)
            .includeInternal(true)
            .build();
    env.getInstrumenter()
        .attachExecutionEventFactory(functions, context -> new FrameLimitNode(env, depth));
    env.registerService(new FrameLimit(depth));
  }
}
