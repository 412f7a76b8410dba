package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Functions and their data, as `berth dev` serves them.
class DataTest {

  @RegisterExtension private static final DataServer DATA = new DataServer();

  @TempDir private Path folder;

  @Test
  void functionsWatchCollections() {
    AppFolder app =
        AppFolder.in(folder, "shop", DATA)
            .endpoint(
                "watch",
                """
                exports = async () => {
                  const things = context.services.get('mongodb-atlas').db('DATABASE').collection('things');
                  const changes = things.watch([{ $match: { 'fullDocument.n': { $gt: 1 } } }]);
                  const before = await changes.tryNext();
                  await things.insertMany([{ _id: 1, n: 1 }, { _id: 2, n: 2 }]);
                  await things.updateOne({ _id: 1 }, { $set: { n: 5 } });
                  const seen = [];
                  for await (const change of changes) {
                    seen.push(change.operationType + ' ' + change.documentKey._id + ' ' + change.fullDocument.n);
                    if (seen.length === 2) break;
                  }
                  const one = things.watch([BSON.Int32(2)]);
                  await one.tryNext();
                  await things.deleteMany({});
                  const deleted = await one.next();
                  const clients = things.watch({ filter: { operationType: 'insert' } });
                  await clients.tryNext();
                  setTimeout(() => things.insertOne({ _id: 3 }), 1);
                  const has = await clients.hasNext();
                  const third = await clients.next();
                  await clients.close();
                  things.watch().next();
                  let refused;
                  try { things.watch([], { startAfter: third._id }); } catch (error) { refused = error.message; }
                  return [refused, before, seen, deleted.documentKey._id, deleted.operationType, has, third.documentKey._id, await clients.next() === undefined];
                };
                """);
    try (BerthProcess berth = BerthProcess.dev(folder, DATA, app.path().toString())) {
      assertThat(berth.get("/watch").body())
          .isEqualTo(
              "[\"watch does not take the option \\\"startAfter\\\"\",null,[\"insert 2 2\",\"update 1 5\"],2,\"delete\",true,3,true]");
    }
  }
}
