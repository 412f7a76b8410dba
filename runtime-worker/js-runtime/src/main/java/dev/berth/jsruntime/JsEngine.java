package dev.berth.jsruntime;

import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.compute.Computations;
import dev.berth.jsruntime.crypto.Cryptography;
import dev.berth.jsruntime.frames.FrameLimit;
import dev.berth.jsruntime.halt.GuestHalt;
import dev.berth.jsruntime.node.NodeComputations;
import dev.berth.jsruntime.realm.RealmInspector;
import dev.berth.jsruntime.realm.RealmInstrument;
import dev.berth.jsruntime.url.Urls;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.io.IOAccess;

/// The JavaScript engine of one trust domain: parsed code is shared through it, state never is.
///
/// Everything app code could use to leave its context is off, and `SandboxPolicy.CONSTRAINED`
/// makes the engine refuse to start when a careless change switches something on. Safe from any
/// thread, but never from a virtual one or an event loop.
public final class JsEngine implements AutoCloseable {

  static final String LANGUAGE = "js";

  /// No member of any host object; functions of ours are handed over as proxies.
  private static final HostAccess NOTHING =
      HostAccess.newBuilder(HostAccess.NONE)
          .allowMutableTargetMappings()
          .methodScoping(true)
          .build();

  private final Engine engine;
  private final RealmInspector realms;
  private final FrameLimit frames;
  private final GuestHalt halt;
  private final List<PreludeFile> prelude;
  private final Computations computations =
      Computations.of(Cryptography.computations(), Urls.computations(), NodeComputations.all());

  /// Contexts that were not ended yet.
  private final Set<Context> open = ConcurrentHashMap.newKeySet();

  /// Many make contexts at once; whoever closes waits until none is half made.
  private final Lock making;

  private final Lock closing;
  private boolean closed;

  private JsEngine(Engine engine) {
    var lock = new ReentrantReadWriteLock();
    this.making = lock.readLock();
    this.closing = lock.writeLock();
    this.engine = engine;
    this.realms = RealmInstrument.inspectorOf(engine);
    this.frames = FrameLimit.of(engine);
    this.halt = GuestHalt.of(engine);
    this.prelude = PreludeFile.all();
  }

  /// Starts an engine; the first in a JVM takes up to a second.
  ///
  /// @throws IllegalStateException when a wall that was asked for cannot be put up
  public static JsEngine start() {
    HeapPressure.requireCollections();
    ValueBounds.raise();
    Engine engine =
        Engine.newBuilder(LANGUAGE)
            .sandbox(SandboxPolicy.CONSTRAINED)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    JsEngine started = new JsEngine(engine);
    started.initializeClasses();
    return started;
  }

  /// Makes a world that nobody can end. The engine lets a context be cancelled while it
  /// initialises a class of its own, and a class whose initialisation failed is broken for the
  /// life of the JVM, for all apps.
  private void initializeClasses() {
    Context first = newContext();
    try {
      first.initialize(LANGUAGE);
    } finally {
      end(first);
    }
  }

  /// Whether JavaScript is only interpreted in this JVM, or compiled when it gets hot.
  public boolean isInterpreted() {
    return engine.getImplementationName().contains("Interpreted");
  }

  /// A new context, which [#end] must be called with.
  ///
  /// @throws IllegalStateException when the engine is closed
  Context newContext() {
    making.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the JavaScript engine is closed");
      }
      Context context = build();
      open.add(context);
      return context;
    } finally {
      making.unlock();
    }
  }

  /// How many contexts there are now, lent and idle. From any thread.
  public int openContexts() {
    return open.size();
  }

  /// Ends whatever runs in a context and closes it; once more does nothing. From any thread that
  /// may block and is not in the context.
  void end(Context context) {
    context.close(true);
    open.remove(context);
  }

  private Context build() {
    return Context.newBuilder(LANGUAGE)
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .allowHostAccess(NOTHING)
        .allowHostClassLookup(name -> false)
        .allowHostClassLoading(false)
        .allowPolyglotAccess(PolyglotAccess.NONE)
        .allowIO(IOAccess.NONE)
        .allowEnvironmentAccess(EnvironmentAccess.NONE)
        .allowNativeAccess(false)
        .allowCreateProcess(false)
        .allowCreateThread(false)
        .allowInnerContextOptions(false)
        // The original ran in UTC; an operator's locale and zone are none of an app's business.
        .timeZone(ZoneOffset.UTC)
        .option("js.locale", "en-US")
        .option("js.load", "false")
        .option("js.print", "false")
        .option("js.console", "false")
        .option("js.graal-builtin", "false")
        .option("js.text-encoding", "true")
        .build();
  }

  RealmInspector realms() {
    return realms;
  }

  FrameLimit frames() {
    return frames;
  }

  GuestHalt halt() {
    return halt;
  }

  List<PreludeFile> prelude() {
    return prelude;
  }

  Computations computations() {
    return computations;
  }

  /// Ends what runs in any context, and waits for it.
  ///
  /// The contexts go first, one by one: an engine that is closed holds a lock while it waits for
  /// a context, and a thread in there which needs that lock to make its world never leaves.
  @Override
  public void close() {
    closing.lock();
    try {
      closed = true;
    } finally {
      closing.unlock();
    }
    // From here on no context comes any more.
    open.forEach(this::end);
    engine.close(true);
  }
}
