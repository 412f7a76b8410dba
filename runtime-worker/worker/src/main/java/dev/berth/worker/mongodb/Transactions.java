package dev.berth.worker.mongodb;

import com.mongodb.MongoException;
import com.mongodb.connection.ClusterType;
import com.mongodb.reactivestreams.client.ClientSession;
import com.mongodb.reactivestreams.client.MongoClient;
import dev.berth.invocation.Invocation;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The transactions that invocations have begun, by the numbers that app code gives to its
/// sessions. What has not been committed when its invocation ends is undone.
///
/// Operations of one transaction wait for each other, as the driver wants it. Safe from any
/// thread.
final class Transactions {

  /// How many transactions one invocation may have open at once.
  private static final int MOST = 10;

  /// By the invocation as it began: one that has got more rights meanwhile is still the same.
  private final Map<Invocation, Opened> open = Collections.synchronizedMap(new IdentityHashMap<>());

  /// Begins a transaction of a session. What comes after it waits for it, and fails when it does.
  CompletionStage<BsonValue> start(Call call) {
    int id = call.arguments().count("session");
    Opened opened = of(call.scope());
    if (opened.find(id) != null) {
      throw refused("the session has a transaction already");
    }
    var transaction = new Transaction(call.client());
    opened.add(id, transaction);
    return transaction.next(transaction::begun);
  }

  CompletionStage<BsonValue> commit(Call call) {
    return ended(call, session -> DriverResult.all(session.commitTransaction()));
  }

  CompletionStage<BsonValue> abort(Call call) {
    return ended(call, session -> DriverResult.all(session.abortTransaction()));
  }

  private CompletionStage<BsonValue> ended(Call call, Ending ending) {
    int id = call.arguments().count("session");
    Opened opened = of(call.scope());
    Transaction transaction = opened.find(id);
    if (transaction == null) {
      throw refused("the session has no transaction");
    }
    ClientSession session = transaction.session;
    if (session == null) {
      opened.remove(id);
      throw refused("the transaction has not begun");
    }
    return ending
        .of(session)
        .handle(
            (_, failure) -> {
              if (!isWorthAnother(failure)) {
                opened.remove(id);
                session.close();
              }
              return failure;
            })
        .thenCompose(
            failure ->
                failure == null
                    ? Results.done(BsonNull.VALUE)
                    : CompletableFuture.failedFuture(failure));
  }

  /// Whether nobody knows if a commit has happened; then it may be tried again.
  private static boolean isWorthAnother(@Nullable Throwable failure) {
    return failure instanceof MongoException mongo
        && mongo.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
  }

  /// Performs an operation, inside of the transaction of its session where there is one, after
  /// what came before it.
  CompletionStage<BsonValue> inTurn(
      CallScope scope, Arguments arguments, Supplier<CompletionStage<BsonValue>> operation) {
    Transaction transaction = transaction(scope, arguments);
    return transaction == null ? operation.get() : transaction.next(operation);
  }

  /// The session whose transaction an operation belongs to, or `null`.
  @Nullable ClientSession session(CallScope scope, Arguments arguments, MongoClient client) {
    Transaction transaction = transaction(scope, arguments);
    if (transaction == null) {
      return null;
    }
    if (!transaction.client.equals(client)) {
      throw refused("the session belongs to another data source");
    }
    if (transaction.session == null) {
      throw refused("the transaction has not begun");
    }
    return transaction.session;
  }

  private @Nullable Transaction transaction(CallScope scope, Arguments arguments) {
    Opened opened = arguments.has("session") ? open.get(scope.begun()) : null;
    return opened == null ? null : opened.find(arguments.count("session"));
  }

  private Opened of(CallScope scope) {
    var created = new Opened();
    Opened existing = open.putIfAbsent(scope.begun(), created);
    if (existing != null) {
      return existing;
    }
    scope.onEnd(
        () -> {
          open.remove(scope.begun());
          created.end();
        });
    return created;
  }

  private static GuestServiceException refused(String message) {
    return new GuestServiceException("MongoDBError", message, null);
  }

  private interface Ending {

    CompletableFuture<?> of(ClientSession session);
  }

  /// One transaction and the operation that was begun last in it.
  private static final class Transaction {

    private final MongoClient client;
    private volatile @Nullable ClientSession session;

    // Guarded by this.
    private CompletionStage<?> last = CompletableFuture.completedFuture(BsonNull.VALUE);

    Transaction(MongoClient client) {
      this.client = client;
    }

    CompletionStage<BsonValue> begun() {
      if (client.getClusterDescription().getType() == ClusterType.STANDALONE) {
        throw refused(
            "transactions need a replica set, and this database is a single server; name a"
                + " replica set with MONGODB_URI");
      }
      return DriverResult.one(client.startSession())
          .thenApply(
              started -> {
                started.startTransaction();
                session = started;
                return BsonNull.VALUE;
              });
    }

    synchronized CompletionStage<BsonValue> next(Supplier<CompletionStage<BsonValue>> operation) {
      CompletionStage<BsonValue> mine =
          last.handle((_, _) -> BsonNull.VALUE).thenCompose(_ -> operation.get());
      last = mine;
      return mine;
    }

    /// Closing a session undoes what it has not committed.
    void end() {
      var _ =
          next(
              () -> {
                ClientSession open = session;
                if (open != null) {
                  open.close();
                }
                return Results.done(BsonNull.VALUE);
              });
    }
  }

  /// The transactions of one invocation.
  private static final class Opened {

    // Guarded by this.
    private final Map<Integer, Transaction> transactions = new HashMap<>();
    private boolean ended;

    synchronized @Nullable Transaction find(int id) {
      return transactions.get(id);
    }

    synchronized void add(int id, Transaction transaction) {
      if (ended || transactions.size() == MOST) {
        throw refused(
            ended ? "the invocation has ended" : "more than " + MOST + " open transactions");
      }
      transactions.put(id, transaction);
    }

    synchronized void remove(int id) {
      transactions.remove(id);
    }

    synchronized void end() {
      ended = true;
      transactions.values().forEach(Transaction::end);
      transactions.clear();
    }
  }
}
