package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RuleSet;
import dev.berth.rules.Facts;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Projection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Documents about which functions decide, one after the other.
class PermittedDocumentsTest {

  private final Deque<CompletableFuture<BsonValue>> undecided = new ArrayDeque<>();
  private final List<Integer> given = new ArrayList<>();
  private boolean isComplete;

  private DocumentAccess access() {
    RuleSet rules =
        RuledCollection.ruleSet(
            BsonDocument.parse(
                "{roles: [{read: {'%%true': {'%function': {name: 'f', arguments: ['%%root']}}}}]}"));
    return new DocumentAccess(
        CollectionRules.of(rules.roles(), rules.filters()),
        Facts.of(Map.of()),
        _ -> {
          var decision = new CompletableFuture<BsonValue>();
          undecided.add(decision);
          return decision;
        });
  }

  /// Gives each document as soon as it is asked for.
  private static Publisher<RawBsonDocument> documents(int count) {
    return reader ->
        reader.onSubscribe(
            new Subscription() {

              private int next;

              @Override
              public void request(long wanted) {
                for (long i = 0; i < wanted && next < count; i++) {
                  next++;
                  reader.onNext(
                      new RawBsonDocument(
                          new BsonDocument("_id", new BsonInt32(next)), new BsonDocumentCodec()));
                }
                if (next == count) {
                  reader.onComplete();
                }
              }

              @Override
              public void cancel() {}
            });
  }

  private void read(int count) {
    new PermittedDocuments(documents(count), access(), Projection.of(List.of()), 0, 0)
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(5);
                subscription.request(5);
              }

              @Override
              public void onNext(RawBsonDocument document) {
                given.add(document.getInt32("_id").getValue());
              }

              @Override
              public void onError(Throwable failure) {
                throw new AssertionError(failure);
              }

              @Override
              public void onComplete() {
                isComplete = true;
              }
            });
  }

  @Test
  void theNextDocumentWaitsForTheDecisionAboutTheLast() {
    read(3);
    for (boolean isPermitted : new boolean[] {true, false, true}) {
      assertThat(undecided).hasSize(1);
      assertThat(isComplete).isFalse();
      undecided.remove().complete(BsonBoolean.valueOf(isPermitted));
    }

    assertThat(undecided).isEmpty();
    assertThat(given).containsExactly(1, 3);
    assertThat(isComplete).isTrue();
  }
}
