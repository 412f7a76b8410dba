package dev.berth.launcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The embedded database compares texts in one way, and says so.
class CollationTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final CommittingH2Backend backend = new CommittingH2Backend(new MVStore.Builder().open());

  @AfterEach
  void close() {
    backend.close();
    channel.finishAndReleaseAll();
  }

  private Document run(String command, Document query) {
    Document all = new Document(command, "things");
    all.putAll(query);
    return backend.handleCommand(channel, "shop", command, all);
  }

  private static Document collation(String locale) {
    return new Document("collation", new Document("locale", locale));
  }

  @Test
  void whoAsksForAnotherIsTold() {
    Document deletion = collation("en").append("q", new Document()).append("limit", 0);

    assertThatThrownBy(() -> run("find", collation("en")))
        .isInstanceOf(MongoServerError.class)
        .hasMessageContaining("knows no collation");
    assertThatThrownBy(() -> run("delete", new Document("deletes", List.of(deletion))))
        .hasMessageContaining("knows no collation");
    assertThat(run("find", collation("simple")).containsKey("cursor")).isTrue();
  }
}
