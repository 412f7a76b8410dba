package dev.berth.gateway;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.bson.BsonNull;

/// Runs nothing: remembers what it was asked for and answers what it was told to.
final class RecordingInvoker implements Invoker {

  private final Queue<Invocation.EndpointCall> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Invocation.FunctionCall> functionCalls = new ConcurrentLinkedQueue<>();
  private final Queue<Invocation.DataCall> dataCalls = new ConcurrentLinkedQueue<>();
  private volatile Function<Invocation.DataCall, Future<Outcome>> dataAnswer =
      _ -> Future.succeededFuture(new Outcome.Returned(BsonNull.VALUE));
  private volatile Function<Invocation.EndpointCall, Future<Outcome>> answer =
      call ->
          Future.succeededFuture(new Outcome.Responded(null, List.of(), new Outcome.Body.None()));
  private volatile Function<Invocation.FunctionCall, Future<Outcome>> functionAnswer =
      call -> Future.succeededFuture(new Outcome.NotFound(call.function()));

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    return switch (invocation) {
      case Invocation.EndpointCall call -> {
        calls.add(call);
        yield answer.apply(call);
      }
      case Invocation.FunctionCall call -> {
        functionCalls.add(call);
        yield functionAnswer.apply(call);
      }
      case Invocation.SourceCall call ->
          throw new AssertionError("no route of the gateway runs " + call);
      case Invocation.DataCall call -> {
        dataCalls.add(call);
        yield dataAnswer.apply(call);
      }
    };
  }

  void answers(Outcome outcome) {
    answers(call -> Future.succeededFuture(outcome));
  }

  void answers(Function<Invocation.EndpointCall, Future<Outcome>> function) {
    answer = function;
  }

  void answersFunctions(Function<Invocation.FunctionCall, Future<Outcome>> function) {
    functionAnswer = function;
  }

  void answersData(Outcome outcome) {
    answersData(_ -> Future.succeededFuture(outcome));
  }

  void answersData(Function<Invocation.DataCall, Future<Outcome>> function) {
    dataAnswer = function;
  }

  List<Invocation.DataCall> dataCalls() {
    return List.copyOf(dataCalls);
  }

  List<Invocation.FunctionCall> functionCalls() {
    return List.copyOf(functionCalls);
  }

  List<Invocation.EndpointCall> calls() {
    return List.copyOf(calls);
  }

  Invocation.EndpointCall onlyCall() {
    if (calls.size() != 1) {
      throw new AssertionError("expected one invocation, got " + calls.size());
    }
    return calls.element();
  }

  void forget() {
    calls.clear();
    functionCalls.clear();
    dataCalls.clear();
  }
}
