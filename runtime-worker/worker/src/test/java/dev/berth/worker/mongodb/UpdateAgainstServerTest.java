package dev.berth.worker.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.update.DocumentUpdate;
import dev.berth.worker.update.UpdateRefused;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whether updates that are computed here come to what the server makes of them: an embedded one,
/// or the one that `MONGODB_URI` names.
class UpdateAgainstServerTest {

  private static final int CASES = 3000;

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private final Random random = new Random(7);

  @Test
  void bothMakeTheSameOfRandomDocuments() {
    int compared = 0;
    for (int i = 0; i < CASES; i++) {
      BsonDocument before = document(i);
      BsonDocument update = update();
      Optional<BsonDocument> here = here(before, update);
      Optional<BsonDocument> there = there(before, update);
      if (here.isPresent() && there.isPresent()) {
        assertThat(here.get()).as(before + " " + update).isEqualTo(there.get());
        compared++;
      } else if (!database.isEmbedded()) {
        // The embedded server allows more and less than a real one does.
        assertThat(here).as(before + " " + update).isEqualTo(there);
      }
    }
    assertThat(compared).isGreaterThan(CASES / 4);
  }

  private static Optional<BsonDocument> here(BsonDocument before, BsonDocument update) {
    try {
      return Optional.of(
          DocumentUpdate.parse(update, List.of(), new BsonDocument()).applyTo(before, 0));
    } catch (UpdateRefused refused) {
      return Optional.empty();
    }
  }

  private Optional<BsonDocument> there(BsonDocument before, BsonDocument update) {
    BsonValue id = before.get("_id", new BsonInt32(0));
    var query = new BsonDocument("query", new BsonDocument("_id", id));
    database.call("insertOne", new BsonDocument("document", before));
    try {
      database.call("updateOne", query.clone().append("update", update));
      return Optional.of(BsonDocument.parse(database.call("findOne", query).asDocument().toJson()));
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof GuestServiceException) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private BsonDocument document(int id) {
    var document = new BsonDocument("_id", new BsonInt32(id));
    for (String name : List.of("a", "b", "c")) {
      if (random.nextInt(4) > 0) {
        document.append(name, value(2));
      }
    }
    return document;
  }

  private BsonValue value(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0, 1 -> number();
      case 2 -> new BsonString(random.nextBoolean() ? "x" : "y");
      case 3 -> number();
      case 4, 5 -> array(depth);
      default -> new BsonDocument("a", value(depth - 1)).append("b", value(depth - 1));
    };
  }

  private BsonArray array(int depth) {
    var array = new BsonArray();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.add(value(depth - 1));
    }
    return array;
  }

  private BsonInt32 number() {
    return new BsonInt32(random.nextInt(5));
  }

  private BsonDocument update() {
    var update = new BsonDocument();
    int operators = 1 + random.nextInt(2);
    while (update.size() < operators) {
      String operator =
          List.of(
                  "$set",
                  "$unset",
                  "$inc",
                  "$mul",
                  "$min",
                  "$max",
                  "$push",
                  "$addToSet",
                  "$pop",
                  "$pull",
                  "$pullAll",
                  "$rename",
                  "$bit")
              .get(random.nextInt(13));
      // Without an index the embedded server takes a field out of each element of an array.
      String path = operator.equals("$unset") ? name() : path();
      update.put(operator, new BsonDocument(path, operand(operator)));
    }
    return update;
  }

  private String path() {
    var path = new StringBuilder(name());
    while (random.nextInt(3) == 0) {
      path.append('.').append(random.nextInt(3) == 0 ? "1" : name());
    }
    return path.toString();
  }

  private String name() {
    return List.of("a", "b", "c").get(random.nextInt(3));
  }

  private BsonValue operand(String operator) {
    return switch (operator) {
      // The embedded server has an order of its own for arrays and objects.
      case "$inc", "$mul", "$min", "$max" -> number();
      case "$pop" -> new BsonInt32(random.nextBoolean() ? 1 : -1);
      case "$rename" -> new BsonString(path());
      case "$bit" -> new BsonDocument(random.nextBoolean() ? "and" : "or", number());
      case "$pullAll" -> array(1);
      case "$push" -> random.nextBoolean() ? value(1) : push();
      case "$addToSet" -> random.nextBoolean() ? value(1) : new BsonDocument("$each", array(1));
      // The embedded server does not look into arrays inside of the array for conditions.
      case "$pull" -> value(1);
      default -> value(1);
    };
  }

  private BsonDocument push() {
    var push = new BsonDocument("$each", array(1));
    if (random.nextBoolean()) {
      push.append("$position", new BsonInt32(random.nextInt(4)));
    }
    if (random.nextBoolean()) {
      push.append("$slice", new BsonInt32(random.nextInt(7) - 3));
    }
    return push;
  }
}
