package dev.berth.worker.mongodb;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Data for all apps, of which none may take all connections to a database that it shares with
/// others.
///
/// Functions that run for a rule have a share of their own: what they ask for must never wait for
/// the operation that waits for them. Safe for use by any thread.
public final class AppShares implements GuestService {

  /// Of the connections that an app has, what the functions of its rules have besides.
  private static final int FOR_RULES = 5;

  private final GuestService data;
  private final Predicate<CallScope> isOfRule;
  private final MongoLimits limits;
  private final ConcurrentMap<Key, AppShare> shares = new ConcurrentHashMap<>();

  private record Key(AppId appId, boolean ofRules) {}

  /// @param data asked for what an app may ask for now
  /// @param isOfRule whether a function runs to decide about data that somebody waits for
  public AppShares(GuestService data, Predicate<CallScope> isOfRule, MongoLimits limits) {
    this.data = data;
    this.isOfRule = isOfRule;
    this.limits = limits;
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    Key key = new Key(scope.appId(), isOfRule.test(scope));
    try {
      return shares
          .computeIfAbsent(key, this::share)
          .perform(scope, () -> data.call(scope, operation, arguments));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private AppShare share(Key key) {
    int most = limits.operationsPerApp();
    return new AppShare(
        key.ofRules() ? Math.max(1, most / FOR_RULES) : most, limits.operationsWaitingPerApp());
  }
}
