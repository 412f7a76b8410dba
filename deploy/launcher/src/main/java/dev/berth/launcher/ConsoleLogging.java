package dev.berth.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.berth.launcher.logs.LogEncoder;

/// Logging on standard error, in short lines for a person or in JSON: warnings and worse, and why
/// requests were not authorized.
///
/// In Java rather than in a file, because reading the file would take longer than all the rest of
/// logging takes at start. Found through `META-INF/services`.
public final class ConsoleLogging extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogEncoder lines = new LogEncoder(context, "%d{HH:mm:ss} %-5level %logger{0}: %msg %kvp%n");
    lines.start();
    ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
    terminal.setContext(context);
    terminal.setTarget("System.err");
    terminal.setEncoder(lines);
    terminal.start();
    context.getLogger("ROOT").setLevel(Level.WARN);
    context.getLogger("ROOT").addAppender(terminal);
    // Why a request was refused is told to no client, and whoever writes the app wants to know.
    context.getLogger("dev.berth.gateway.endpoint").setLevel(Level.INFO);
    context.getLogger("dev.berth.gateway.authorization").setLevel(Level.INFO);
    context.getLogger("dev.berth.gateway.clientapi").setLevel(Level.INFO);
    // It logs whole documents when a request fails; the request's answer says what was wrong.
    context.getLogger("de.bwaldvogel.mongo").setLevel(Level.OFF);
    // It names the cluster in every line, and that name is what lets a process join.
    context.getLogger("com.hazelcast").setLevel(Level.OFF);
    // A worker that dies is told of in one line of ours; these tell of its connections, with
    // stacks.
    context.getLogger("io.vertx.core.eventbus.impl.clustered").setLevel(Level.OFF);
    context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
