package dev.berth.launcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Change streams of the embedded database: every way to change a document is told.
class ChangeStreamTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final CommittingH2Backend backend = new CommittingH2Backend(new MVStore.Builder().open());

  @AfterEach
  void close() {
    backend.close();
    channel.finishAndReleaseAll();
  }

  private Document run(Document command) {
    return backend.handleCommand(channel, "shop", command.keySet().iterator().next(), command);
  }

  private static Document doc(Object... namesAndValues) {
    Document document = new Document();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      document.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return document;
  }

  private void insert(Document... documents) {
    run(doc("insert", "things", "documents", new ArrayList<>(List.of(documents))));
  }

  private static Document part(Document whole, String name) {
    return (Document) Objects.requireNonNull(whole.get(name), name);
  }

  private Document look(Document stream, Document... stages) {
    List<Document> pipeline = new ArrayList<>(List.of(doc("$changeStream", stream)));
    pipeline.addAll(List.of(stages));
    return part(
        run(doc("aggregate", "things", "pipeline", pipeline, "cursor", doc("batchSize", 100))),
        "cursor");
  }

  private Document begin() {
    return part(look(doc()), "postBatchResumeToken");
  }

  private List<Document> since(Document position, Document... stages) {
    List<?> events =
        (List<?>)
            Objects.requireNonNull(
                look(doc("resumeAfter", position), stages).get("firstBatch"), "firstBatch");
    return events.stream().map(Document.class::cast).toList();
  }

  private static List<String> told(List<Document> events) {
    return events.stream()
        .map(event -> event.get("operationType") + " " + part(event, "documentKey").get("_id"))
        .toList();
  }

  @Test
  void everyCommandThatWritesIsTold() {
    insert(doc("_id", 1, "n", 1), doc("_id", 2, "n", 1));
    Document position = begin();

    insert(doc("_id", 3, "n", 1));
    run(
        doc(
            "update",
            "things",
            "updates",
            List.of(doc("q", doc("n", 1), "u", doc("$inc", doc("n", 1)), "multi", true))));
    run(
        doc(
            "update",
            "things",
            "updates",
            List.of(doc("q", doc("_id", 4), "u", doc("$set", doc("n", 9)), "upsert", true))));
    run(doc("findAndModify", "things", "query", doc("_id", 1), "update", doc("_id", 1, "m", 1)));
    run(doc("findAndModify", "things", "query", doc("_id", 2), "remove", true));
    run(doc("delete", "things", "deletes", List.of(doc("q", doc("_id", 3), "limit", 1))));

    assertThat(told(since(position)))
        .containsExactly(
            "insert 3",
            "update 1",
            "update 2",
            "update 3",
            "insert 4",
            "update 1",
            "delete 2",
            "delete 3");
  }

  @Test
  void anEventSaysWhatBecameOfTheDocument() {
    insert(doc("_id", 1, "n", 1, "old", true));
    Document position = begin();

    run(
        doc(
            "update",
            "things",
            "updates",
            List.of(
                doc("q", doc("_id", 1), "u", doc("$set", doc("n", 2), "$unset", doc("old", ""))))));

    Document event = since(position).getFirst();
    assertThat(event.get("fullDocument")).isEqualTo(doc("_id", 1, "n", 2));
    assertThat(event.get("updateDescription"))
        .isEqualTo(doc("updatedFields", doc("n", 2), "removedFields", List.of("old")));
    assertThat(event.get("ns")).isEqualTo(doc("db", "shop", "coll", "things"));
  }

  @Test
  void whatChangesNothingIsNoChange() {
    insert(doc("_id", 1, "n", 1));
    Document position = begin();

    run(
        doc(
            "update",
            "things",
            "updates",
            List.of(doc("q", doc("_id", 1), "u", doc("$set", doc("n", 1))))));
    insert(doc("_id", 1));

    assertThat(since(position)).isEmpty();
  }

  @Test
  void eachEventIsToldOnceAndFromAnyPositionAgain() {
    Document position = begin();
    insert(doc("_id", 1), doc("_id", 2));

    Document first = look(doc("resumeAfter", position));
    Document after = part(first, "postBatchResumeToken");
    insert(doc("_id", 3));

    assertThat(told(since(after))).containsExactly("insert 3");
    assertThat(told(since(position))).containsExactly("insert 1", "insert 2", "insert 3");
    assertThat(told(since(part(since(position).getFirst(), "_id"))))
        .containsExactly("insert 2", "insert 3");
  }

  @Test
  void eventsAreFilteredByWhatTheySay() {
    Document position = begin();
    insert(doc("_id", 1, "n", 1), doc("_id", 2, "n", 2));

    assertThat(told(since(position, doc("$match", doc("fullDocument.n", 2)))))
        .containsExactly("insert 2");
    assertThat(told(since(position, doc("$match", doc("documentKey._id", doc("$in", List.of(1)))))))
        .containsExactly("insert 1");
  }

  @Test
  void otherCollectionsAreNotTold() {
    Document position = begin();

    run(doc("insert", "others", "documents", new ArrayList<>(List.of(doc("_id", 1)))));

    assertThat(since(position)).isEmpty();
  }

  @Test
  void aPositionThatIsLostIsAnError() {
    Document position = begin();
    for (int i = 0; i <= ChangeFeed.MAX_CHANGES; i++) {
      insert(doc("_id", i));
    }

    assertThatThrownBy(() -> since(position))
        .isInstanceOf(MongoServerError.class)
        .hasMessageContaining("lost its position");
    Document now = begin();
    run(doc("drop", "things"));
    assertThatThrownBy(() -> since(now)).hasMessageContaining("lost its position");
    assertThatThrownBy(() -> since(doc("_data", "x"))).hasMessageContaining("not a resume token");
    assertThatThrownBy(() -> since(doc("_data", "0".repeat(32))))
        .hasMessageContaining("lost its position");
  }
}
