package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that work on a database, from JavaScript down to its documents.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataAccessTest {

  private final RunningWorker worker = RunningWorker.start();
  private AppId app = RunningWorker.newApp();

  @BeforeEach
  void useANewApp() {
    app = RunningWorker.newApp();
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  private void insertThree() {
    worker.insert(
        app,
        "{_id: 1, name: 'Ann', tags: ['x'], n: 1}",
        "{_id: 2, name: 'bob', tags: ['x', 'y'], n: 2}",
        "{_id: 3, name: 'Cy', tags: [], n: 3}");
  }

  private static BsonValue json(String value) {
    return BsonDocument.parse("{value: " + value + "}").get("value", new BsonString("absent"));
  }

  @Test
  void aRequestIsStoredAndItsIdAnswered() {
    String body =
        """
        const requestBody = EJSON.parse(argument);
        const result = await things.insertOne({ date: new Date(5), requestBody, nested: { list: [1, { a: null }] } });
        return JSON.stringify({ insertedId: result.insertedId, message: 'saved' });
        """;

    BsonValue text =
        worker.returned(
            app,
            body,
            new BsonString("{\"when\":{\"$date\":{\"$numberLong\":\"1638551310749\"}}}"));

    assertThat(worker.documents(app)).hasSize(1);
    BsonDocument stored = worker.documents(app).getFirst();
    assertThat(text)
        .isEqualTo(
            new BsonString(
                "{\"insertedId\":\""
                    + stored.getObjectId("_id").getValue().toHexString()
                    + "\",\"message\":\"saved\"}"));
    stored.remove("_id");
    assertThat(stored)
        .isEqualTo(
            BsonDocument.parse(
                """
                {date: {$date: {$numberLong: '5'}}, requestBody: {when: {$date: {$numberLong: '1638551310749'}}},
                 nested: {list: [1, {a: null}]}}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "things.findOne({ _id: 2 })                       | {_id: 2, name: 'bob', tags: ['x', 'y'], n: 2}",
        "things.findOne({ _id: 2 }, { name: 1 })          | {_id: 2, name: 'bob'}",
        "things.findOne({ _id: 9 })                       | null",
        "things.findOne()                                 | {_id: 1, name: 'Ann', tags: ['x'], n: 1}",
        "things.count()                                   | 3",
        "things.count({ n: { $gt: 1 } })                  | 2",
        "things.countDocuments({ n: { $gt: 1 } })         | 2",
        "things.count({}, { limit: 2 })                   | 2",
        "things.distinct('tags')                          | ['x', 'y']",
        "things.distinct('name', { n: 3 })                | ['Cy']",
        "things.insertOne({ _id: 7 })                     | {insertedId: 7}",
        "things.insertMany([{ _id: 7 }, { _id: 'x' }])    | {insertedIds: [7, 'x']}",
        "things.updateOne({ _id: 1 }, { $set: { n: 9 } }) | {matchedCount: 1, modifiedCount: 1}",
        "things.updateOne({ _id: 1 }, { $set: { n: 1 } }) | {matchedCount: 1, modifiedCount: 0}",
        "things.updateOne({ _id: 8 }, { $set: { n: 9 } }, { upsert: true }) | {matchedCount: 0, modifiedCount: 0, upsertedId: 8}",
        "things.updateMany({}, { $inc: { n: 1 } })        | {matchedCount: 3, modifiedCount: 3}",
        "things.replaceOne({ _id: 1 }, { a: 1 })          | {matchedCount: 1, modifiedCount: 1}",
        "things.deleteOne({})                             | {deletedCount: 1}",
        "things.deleteMany({ n: { $lt: 3 } })             | {deletedCount: 2}",
        "things.findOneAndUpdate({ _id: 1 }, { $set: { n: 9 } }, { projection: { n: 1 } }) | {_id: 1, n: 1}",
        "things.findOneAndUpdate({ _id: 1 }, { $set: { n: 9 } }, { projection: { n: 1 }, returnNewDocument: true }) | {_id: 1, n: 9}",
        "things.findOneAndUpdate({ _id: 9 }, { $set: { n: 9 } }) | null",
        "things.findOneAndReplace({ _id: 1 }, { a: 1 }, { returnNewDocument: true }) | {_id: 1, a: 1}",
        "things.findOneAndDelete({}, { sort: { n: -1 }, projection: { n: 1 } }) | {_id: 3, n: 3}",
        "things.bulkWrite([{ insertOne: { document: { _id: 7 } } }, { deleteMany: { filter: { n: 1 } } }, { updateOne: { filter: { _id: 2 }, update: { $set: { n: 5 } } } }]) | null",
        "things.aggregate([{ $match: { n: { $gt: 1 } } }, { $group: { _id: null, sum: { $sum: '$n' } } }]) | [{_id: null, sum: 5}]",
        "things.aggregate([{ $sort: { n: -1 } }, { $limit: 1 }]).next().then(d => d._id) | 3",
        "things.aggregate([{ $sort: { n: 1 } }]).skip(2).toArray().then(a => a.length) | 1",
        "things.find().toArray().then(a => a.length)      | 3",
        "things.find({ n: 2 }, { _id: 0, n: 1 })          | [{n: 2}]",
        "things.find({}, { _id: 1 }).sort({ n: -1 }).skip(1).limit(1).toArray() | [{_id: 2}]",
        "things.find({}, { _id: 1 }, { sort: { n: -1 }, limit: 2 }) | [{_id: 3}, {_id: 2}]",
        "things.find(null, null, null).toArray().then(a => a.length) | 3",
        "things.find().sort({ n: 1 }).next().then(d => d.n) | 1",
        "things.find({ n: 99 }).next().then(d => d === undefined) | true",
        "things.find({ name: { $regex: BSON.BSONRegExp('^a', 'i') } }, { n: 1 }) | [{_id: 1, n: 1}]",
        "things.find({ name: BSON.BSONRegExp('B', 'i') }, { n: 1 }) | [{_id: 2, n: 2}]",
        "things.find({ name: /^c/i }, { n: 1 })           | [{_id: 3, n: 3}]",
        "things.find({ name: { $regex: '^C' } }, { n: 1 }) | [{_id: 3, n: 3}]",
        "database.getCollectionNames()                    | ['things']",
        "bulk(things.initializeOrderedBulkOp()).then(() => things.find().sort({ _id: 1 })) | [{_id: 1, name: 'Ann', tags: ['x'], n: 11}, {_id: 7, n: 1}, {_id: 8, n: 5, u: 1}, {_id: 9, r: 1}]",
        "bulk(things.initializeUnorderedBulkOp())         | null",
        "context.services.get('mongodb-atlas').admin().getDBNames().then(names => names.includes(database_name)) | true",
      })
  void everyMethodAnswersAsDocumented(String call, String expected) {
    insertThree();

    String bulk =
        """
        const database_name = '%s';
        const bulk = list => {
          list.insert({ _id: 7, n: 1 });
          list.find({ _id: 8 }).upsert().updateOne({ $set: { n: 5, u: 1 } });
          list.find({ _id: 9 }).upsert().replaceOne({ r: 1 });
          list.find({ _id: 1 }).update({ $inc: { n: 10 } });
          list.find({ _id: 2 }).deleteOne();
          list.find({ _id: 3 }).delete();
          return list.execute();
        };
        """
            .formatted(app);
    BsonValue value = worker.returned(app, bulk + "return " + call + ";");

    assertThat(value).isEqualTo(json(expected));
  }

  @Test
  void aTransactionOnASingleServerFailsWithWhatToDo() {
    assumeFalse(worker.hasTransactions(), "not run: this server has transactions");
    insertThree();
    String body =
        """
        const session = context.services.get('mongodb-atlas').startSession();
        try {
          await session.withTransaction(async () => {
            await things.updateOne({ _id: 1 }, { $set: { n: 9 } }, { session });
          });
        } catch (error) {
          await session.abortTransaction();
          return error.message;
        } finally {
          await session.endSession();
        }
        """;

    assertThat(worker.returned(app, body).asString().getValue())
        .contains("transactions need a replica set")
        .contains("MONGODB_URI");
    assertThat(worker.documents(app).getFirst().getNumber("n").intValue()).isEqualTo(1);
  }

  @Test
  void nothingHappensOutsideOfATransactionThatCouldNotBegin() {
    assumeFalse(worker.hasTransactions(), "not run: this server has transactions");
    insertThree();
    String body =
        """
        const session = context.services.get('mongodb-atlas').startSession();
        session.startTransaction().catch(() => {});
        const messages = [];
        await things.deleteMany({}, { session }).catch(error => messages.push(error.message));
        await session.commitTransaction().catch(error => messages.push(error.message));
        return messages;
        """;

    assertThat(worker.returned(app, body))
        .isEqualTo(json("['the transaction has not begun', 'the transaction has not begun']"));
    assertThat(worker.documents(app)).hasSize(3);
  }

  @Test
  void aSessionMustBeOne() {
    assertThat(
            worker.returned(
                app,
                "return things.find({}, {}, { session: {} }).toArray().catch(e => e.message);"))
        .isEqualTo(new BsonString("\"session\" must come from startSession()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5                                     | {$numberInt: '5'}",
        "BSON.Int32(5)                         | {$numberInt: '5'}",
        "BSON.Long(5)                          | {$numberLong: '5'}",
        "BSON.Long.fromString('9007199254740993') | {$numberLong: '9007199254740993'}",
        "1.5                                   | {$numberDouble: '1.5'}",
        "BSON.Double(5)                        | {$numberDouble: '5.0'}",
        "NaN                                   | {$numberDouble: 'NaN'}",
        "BSON.Decimal128.fromString('1.10')    | {$numberDecimal: '1.10'}",
        "new Date(1638551310749)               | {$date: {$numberLong: '1638551310749'}}",
        "new Date(-1)                          | {$date: {$numberLong: '-1'}}",
        "BSON.Timestamp(7, 9)                  | {$timestamp: {t: 7, i: 9}}",
        "BSON.ObjectId('639a521bbdec9b85ba94014b') | {$oid: '639a521bbdec9b85ba94014b'}",
        "BSON.Binary.fromBase64('AQID')        | {$binary: {base64: 'AQID', subType: '00'}}",
        "BSON.Binary.fromBase64('AQIDBAUGBwgJCgsMDQ4PEA==', 4) | {$binary: {base64: 'AQIDBAUGBwgJCgsMDQ4PEA==', subType: '04'}}",
        "/a.b/i                                | {$regularExpression: {pattern: 'a.b', options: 'i'}}",
        "BSON.BSONRegExp('a', 'ims')           | {$regularExpression: {pattern: 'a', options: 'ims'}}",
        "BSON.MinKey()                         | {$minKey: 1}",
        "BSON.MaxKey()                         | {$maxKey: 1}",
        "null                                  | null",
        "true                                  | true",
        "[1, 'x', { a: null }]                 | [1, 'x', {a: null}]",
      })
  void eachTypeIsStoredAsItIs(String value, String expected) {
    String body =
        """
        const v = %s;
        await things.insertOne({ _id: 1, v });
        await things.updateOne({ _id: 2 }, { $set: { v } }, { upsert: true });
        await things.bulkWrite([{ replaceOne: { filter: { _id: 3 }, replacement: { v }, upsert: true } }]);
        return v;
        """
            .formatted(value);

    BsonValue returned = worker.returned(app, body);

    assertThat(worker.documents(app).stream().map(stored -> stored.get("v")))
        .hasSize(3)
        .containsOnly(json(expected));
    assertThat(returned).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{$numberInt: '5'}",
        "{$numberLong: '9007199254740993'}",
        "{$numberDouble: '1.5'}",
        "{$numberDecimal: '1.10'}",
        "{$date: {$numberLong: '-1'}}",
        "{$timestamp: {t: 7, i: 9}}",
        "{$oid: '639a521bbdec9b85ba94014b'}",
        "{$binary: {base64: 'AQID', subType: '00'}}",
        "{$binary: {base64: 'AQIDBAUGBwgJCgsMDQ4PEA==', subType: '04'}}",
        "{$regularExpression: {pattern: 'a', options: 'im'}}",
        "{$minKey: 1}",
        "{$maxKey: 1}",
        "[{a: null}, true]",
      })
  void whatIsReadAndWrittenAgainKeepsItsType(String value) {
    worker.insert(app, "{_id: 1, v: " + value + "}");

    BsonValue returned =
        worker.returned(
            app,
            "const { v } = await things.findOne(); await things.insertOne({ _id: 2, v }); return v;");

    assertThat(returned).isEqualTo(json(value));
    assertThat(worker.documents(app).getLast().get("v")).isEqualTo(json(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return (await things.find().sort({ _id: 1 })).map(d => d._id);",
        "return things.find({}, { _id: 1 }).sort({ _id: 1 }).toArray().then(a => a.map(d => d._id));",
        "const a = []; for await (const d of things.find().sort({ _id: 1 })) a.push(d._id); return a;",
        "const a = []; await things.find().sort({ _id: 1 }).forEach(d => a.push(d._id)); return a;",
        "const a = []; const c = things.find().sort({ _id: 1 }); while (await c.hasNext()) a.push((await c.next())._id); return a;",
        "const c = things.find().sort({ _id: 1 }); let d; const a = []; while ((d = await c.next())) a.push(d._id); return a;",
        "const c = things.find().sort({ _id: 1 }); const [a, b] = await Promise.all([c.next(), c.next()]); return [a._id, b._id, (await c.next())._id];",
        "const c = things.find().sort({ _id: 1 }); const a = [(await c.next())._id]; return a.concat((await c.toArray()).map(d => d._id));",
        "const a = []; for await (const d of things.aggregate([{ $sort: { _id: 1 } }])) a.push(d._id); return a;",
        "const a = []; for await (const d of things.find().sort({ _id: 1 })) { a.push(d._id); if (d._id === 2) break; } return [...a, 3];",
      })
  void aCursorIsReadInEveryWay(String body) {
    insertThree();

    assertThat(worker.returned(app, body)).isEqualTo(BsonArray.parse("[1, 2, 3]"));
  }

  @Test
  void aCursorOfManyBatchesGivesEveryDocumentOnce() {
    assertThat(
            worker.returned(
                app,
                """
                await things.insertMany(Array.from({ length: 350 }, (_, i) => ({ _id: i })));
                const seen = new Set();
                let n = 0;
                for await (const d of things.find()) { seen.add(d._id); n++; }
                const all = await things.find().toArray();
                return [n, seen.size, all.length];
                """))
        .isEqualTo(BsonArray.parse("[350, 350, 350]"));
  }

  @Test
  void aCursorThatWasReadCannotBeChanged() {
    insertThree();

    assertThat(
            worker.returned(
                app,
                "const c = things.find(); await c.next(); try { c.sort({ n: 1 }); } catch (e) { return e.message; }"))
        .isEqualTo(new BsonString("the cursor has been read already"));
  }

  @Test
  void anArrayThatNobodyAwaitedIsTheResult() {
    insertThree();
    worker.deploy(
        app,
        1,
        "exports = () => context.services.get('mongodb-atlas').db('"
            + app
            + "').collection('things').find({}, { _id: 1 }).toArray();");

    assertThat(RunningWorker.outcome(worker.invoke(app, 1)))
        .isEqualTo(new Outcome.Returned(BsonArray.parse("[{_id: 1}, {_id: 2}, {_id: 3}]")));
  }

  @Test
  void aCursorThatIsReturnedIsItsDocuments() {
    insertThree();
    worker.deploy(
        app,
        1,
        "exports = () => context.services.get('mongodb-atlas').db('"
            + app
            + "').collection('things').aggregate([{ $match: { _id: 2 } }, { $project: { n: 1 } }]);");

    assertThat(RunningWorker.outcome(worker.invoke(app, 1)))
        .isEqualTo(new Outcome.Returned(BsonArray.parse("[{_id: 2, n: 2}]")));
  }

  @Test
  void everyTypeSurvivesOnItsWayToTheDatabaseAndBack() {
    BsonValue back =
        worker.returned(
            app,
            """
            await things.insertOne({ _id: 1, int: 5, int32: BSON.Int32(5), double: 1.5, whole: BSON.Double(5), long: 2 ** 40,
              long5: BSON.Long(5), longest: BSON.Long.fromString('9223372036854775807'),
              decimal: BSON.Decimal128.fromString('1.10'), date: new Date(1654589430998),
              oid: BSON.ObjectId('507f1f77bcf86cd799439011'), binary: BSON.Binary.fromHex('80ff'), bytes: new Uint8Array([1, 255]),
              text: 'ä', yes: true, nothing: null, none: undefined, list: [1, [2]], regex: BSON.BSONRegExp('a', 'i') });
            const d = await things.findOne();
            return [typeof d.int, typeof d.whole, typeof d.long, d.longest.toString(), d.decimal.toString(), d.date.toISOString(),
              d.oid instanceof BSON.ObjectId, d.binary.toHex(), d.bytes.toHex(), d.binary.sub_type, d.none === null];
            """);

    assertThat(worker.documents(app))
        .containsExactly(
            BsonDocument.parse(
                """
                {_id: 1, int: 5, int32: 5, double: 1.5, whole: {$numberDouble: '5'}, long: {$numberLong: '1099511627776'},
                 long5: {$numberLong: '5'}, longest: {$numberLong: '9223372036854775807'}, decimal: {$numberDecimal: '1.10'},
                 date: {$date: {$numberLong: '1654589430998'}}, oid: {$oid: '507f1f77bcf86cd799439011'},
                 binary: {$binary: {base64: 'gP8=', subType: '00'}}, bytes: {$binary: {base64: 'Af8=', subType: '00'}},
                 text: 'ä', yes: true, nothing: null, none: null, list: [1, [2]],
                 regex: {$regularExpression: {pattern: 'a', options: 'i'}}}
                """));
    assertThat(back)
        .isEqualTo(
            BsonArray.parse(
                "['number', 'number', 'number', '9223372036854775807', '1.10', '2022-06-07T08:10:30.998Z',"
                    + " true, '80ff', '01ff', 0, true]"));
  }

  @Test
  void anInsertThatNobodyAwaitedIsThereWhenTheCallHasEnded() {
    assertThat(worker.returned(app, "things.insertOne({ _id: 1 }); return 'ok';"))
        .isEqualTo(new BsonString("ok"));
    assertThat(worker.documents(app)).containsExactly(BsonDocument.parse("{_id: 1}"));
  }

  @Test
  void anErrorOfTheDatabaseCanBeCaughtAndHasItsCode() {
    assertThat(
            worker.returned(
                app,
                """
                await things.insertOne({ _id: 1 });
                try {
                  await things.insertOne({ _id: 1 });
                } catch (e) {
                  return [e instanceof Error, e.name, e.code, e.message.includes('E11000'), /berth|java/.test(e.stack)];
                }
                """))
        .isEqualTo(BsonArray.parse("[true, 'MongoError', 11000, true, false]"));
  }

  @Test
  void anErrorOfTheDatabaseThatNobodyCatchesEndsTheCall() {
    Outcome outcome =
        worker.run(app, "await things.insertOne({ _id: 1 }); await things.insertOne({ _id: 1 });");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> {
              assertThat(threw.code()).isEqualTo("MongoDBError");
              assertThat(threw.message()).contains("E11000");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "local", "config", "berth", "Admin"})
  void aReservedDatabaseIsRefused(String name) {
    assertThat(
            worker.returned(
                app,
                "try { await context.services.get('mongodb-atlas').db('"
                    + name
                    + "').collection('x').findOne(); } catch (e) { return e.message; }"))
        .isEqualTo(new BsonString("database '" + name + "' is not available to functions"));
  }

  @Test
  void anUnknownServiceIsUndefined() {
    assertThat(
            worker.returned(
                app,
                "return ['x', 'toString', '__proto__', undefined].every(n => context.services.get(n) === undefined);"))
        .isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "things.insertOne()",
        "things.insertOne(5)",
        "things.insertOne(() => 1)",
        "things.insertOne([])",
        "things.insertMany({})",
        "things.insertMany([5])",
        "things.find(5).toArray()",
        "things.updateOne({})",
        "things.updateOne({}, { a: 1 })",
        "things.find().limit('x').toArray()",
        "things.insertOne({ a: { 'x\\u0000y': 1 } })",
        "things.insertOne((() => { const a = {}; a.a = a; return a; })())",
        "things.bulkWrite([{ nothing: {} }])",
        "things.aggregate(5).toArray()",
      })
  void aWrongArgumentRejectsWithASentence(String call) {
    assertThat(
            worker
                .returned(
                    app,
                    "const p = "
                        + call
                        + "; try { await p; } catch (e) { return e.name + ': ' + e.message; }")
                .asString()
                .getValue())
        .matches("(Type)?Error: .{10,}")
        .doesNotContain("java", "org.bson", "berth");
  }

  @Test
  void manyCallsThatWaitForTheDatabaseAllFinish() {
    worker.deploy(
        app,
        1,
        "exports = async (n) => { const c = context.services.get('mongodb-atlas').db('"
            + app
            + "').collection('things'); await c.insertOne({ _id: n }); return (await c.findOne({ _id: n }))._id; };");
    List<Future<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(worker.invoke(app, 1, new BsonInt32(i)));
    }

    for (int i = 0; i < 200; i++) {
      assertThat(RunningWorker.outcome(calls.get(i)))
          .isEqualTo(new Outcome.Returned(new BsonInt32(i)));
    }
    assertThat(worker.documents(app)).hasSize(200);
  }
}
