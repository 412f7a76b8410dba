// What an app does with its data through realm-web 2.0.1, under the rules of the app.
const assert = require('node:assert/strict');
const Realm = require('realm-web');
const { BSON } = Realm;
const { BERTH_URL, BERTH_APP, BERTH_DATABASE, run, expired } = require('./checks.js');

const signedIn = () => new Realm.App({ id: BERTH_APP, baseUrl: BERTH_URL }).logIn(Realm.Credentials.anonymous(false));
const collection = (user, name) => user.mongoClient('mongodb-atlas').db(BERTH_DATABASE).collection(name);

// A user with a collection in which nobody else owns anything.
const withNotes = async () => {
  const user = await signedIn();
  return { user, owner: user.id, notes: collection(user, 'notes') };
};

// Documents of the board that no other check sees.
let boards = 0;
const withBoard = async () => {
  const board = `board-${process.pid}-${boards++}`;
  return { board, things: collection(await signedIn(), 'board') };
};

const refused = (promise, errorCode, statusCode, error) =>
  assert.rejects(promise, (thrown) => {
    assert.equal(thrown.errorCode, errorCode, thrown.message);
    assert.equal(thrown.statusCode, statusCode);
    if (error) assert.equal(thrown.error, error);
    assert.ok(thrown.link.startsWith(BERTH_URL), thrown.link);
    return true;
  });

// The first event of a stream. It begins at some time, so changes are made until it was seen.
// Access tokens live for seconds here, and streams end with them.
const firstEvent = async (user, open, change) => {
  for (let attempt = 0; ; attempt++) {
    let seen = false;
    await user.refreshCustomData();
    const stream = open();
    const event = stream.next().finally(() => { seen = true; });
    event.catch(() => {});
    while (!seen) {
      await change();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    try {
      return (await event).value;
    } catch (error) {
      if (error.code !== 'InvalidSession' || attempt === 9) throw error;
    } finally {
      await stream.return().catch(() => {});
    }
  }
};

const byNumber = (a, b) => a.n - b.n;

run({
  async 'insertOne answers the id that was made'() {
    const { notes, owner } = await withNotes();
    const { insertedId } = await notes.insertOne({ owner, text: 'a' });
    assert.ok(insertedId instanceof BSON.ObjectId);
    assert.equal((await notes.findOne({ _id: insertedId })).text, 'a');
    const own = new BSON.ObjectId();
    assert.equal((await notes.insertOne({ _id: own, owner })).insertedId.toHexString(), own.toHexString());
    assert.equal((await notes.insertOne({ _id: `${owner}-x`, owner })).insertedId, `${owner}-x`);
  },

  async 'insertMany answers the ids in order, or inserts nothing'() {
    const { notes, owner } = await withNotes();
    const { insertedIds } = await notes.insertMany([{ owner, n: 1 }, { owner, n: 2 }]);
    assert.equal(insertedIds.length, 2);
    assert.equal((await notes.findOne({ _id: insertedIds[1] })).n, 2);
    await refused(notes.insertMany([{ owner, n: 3 }, { owner: 'somebody else' }]), 'NoMatchingRuleFound', 403, 'insert not permitted');
    assert.equal(await notes.count({ n: 3 }), 0);
  },

  async 'find gives what the rules permit, and no more'() {
    const ann = await withNotes();
    const bob = await withNotes();
    await ann.notes.insertMany([{ owner: ann.owner, n: 1, text: 'mine' }, { owner: ann.owner, n: 2, text: 'ours', secret: 1, shared: true }]);
    const seen = await bob.notes.find({ text: { $in: ['mine', 'ours'] } });
    assert.ok(seen.every((note) => note.shared && note.secret === undefined && note.owner === undefined && note.n === undefined));
    assert.deepEqual((await ann.notes.find({ owner: ann.owner })).map((note) => note.text).sort(), ['mine', 'ours']);
  },

  async 'find sorts, limits and projects'() {
    const { notes, owner } = await withNotes();
    await notes.insertMany([1, 2, 3, 4].map((n) => ({ owner, n, extra: true })));
    const found = await notes.find({ owner, n: { $gt: 1 } }, { sort: { n: -1 }, limit: 2, projection: { n: 1, _id: 0 } });
    assert.deepEqual(found, [{ n: 4 }, { n: 3 }]);
    assert.deepEqual(await notes.find({ owner, n: 99 }), []);
  },

  async 'findOne gives one or null'() {
    const ann = await withNotes();
    const bob = await withNotes();
    const { insertedId } = await ann.notes.insertOne({ owner: ann.owner, text: 'a' });
    assert.equal((await ann.notes.findOne({ _id: insertedId }, { projection: { text: 1 } })).owner, undefined);
    assert.equal(await bob.notes.findOne({ _id: insertedId }), null);
  },

  async 'count counts what may be seen'() {
    const ann = await withNotes();
    const bob = await withNotes();
    await ann.notes.insertMany([1, 2, 3].map((n) => ({ owner: ann.owner, n })));
    assert.equal(await ann.notes.count({ owner: ann.owner }), 3);
    assert.equal(await ann.notes.count({ owner: ann.owner }, { limit: 2 }), 2);
    assert.equal(await bob.notes.count({ owner: ann.owner }), 0);
  },

  async 'deleteOne and deleteMany take what is one\'s own'() {
    const ann = await withNotes();
    const bob = await withNotes();
    await ann.notes.insertMany([1, 2, 3].map((n) => ({ owner: ann.owner, n })));
    assert.deepEqual(await bob.notes.deleteMany({ owner: ann.owner }), { deletedCount: 0 });
    assert.deepEqual(await ann.notes.deleteOne({ owner: ann.owner, n: 1 }), { deletedCount: 1 });
    assert.deepEqual(await ann.notes.deleteMany({ owner: ann.owner }), { deletedCount: 2 });
    const { insertedId } = await ann.notes.insertOne({ owner: ann.owner, shared: true });
    await refused(bob.notes.deleteOne({ _id: insertedId }), 'NoMatchingRuleFound', 403, 'delete not permitted');
  },

  async 'findOneAndDelete gives what it deleted'() {
    const { notes, owner } = await withNotes();
    await notes.insertMany([3, 1, 2].map((n) => ({ owner, n })));
    assert.equal((await notes.findOneAndDelete({ owner }, { sort: { n: 1 } })).n, 1);
    assert.deepEqual((await notes.find({ owner })).map((note) => note.n).sort(), [2, 3]);
    assert.equal(await notes.findOneAndDelete({ owner, n: 99 }), null);
  },

  async 'findOneAndReplace gives the document before or after'() {
    const { notes, owner } = await withNotes();
    const { insertedId: _id } = await notes.insertOne({ owner, n: 1 });
    assert.equal((await notes.findOneAndReplace({ _id }, { owner, n: 2 })).n, 1);
    assert.equal((await notes.findOneAndReplace({ _id }, { owner, n: 3 }, { returnNewDocument: true })).n, 3);
    await notes.findOneAndReplace({ _id }, { owner, n: 4, shared: true, text: 'mine' });
    const bob = await withNotes();
    await refused(bob.notes.findOneAndReplace({ _id }, { owner: bob.owner }), 'NoMatchingRuleFound', 403, 'update not permitted');
    assert.equal((await notes.findOne({ _id })).owner, owner);
    const upserted = await notes.findOneAndReplace({ _id: `${owner}-new` }, { owner, n: 9 }, { upsert: true, returnNewDocument: true });
    assert.equal(upserted.n, 9);
  },

  async 'aggregate computes where everything may be seen'() {
    const { things, board } = await withBoard();
    await things.insertMany([1, 2, 3].map((n) => ({ board, n })));
    const sums = await things.aggregate([{ $match: { board } }, { $group: { _id: '$board', sum: { $sum: '$n' } } }]);
    assert.deepEqual(sums, [{ _id: board, sum: 6 }]);
    await refused(things.aggregate([{ $lookup: { from: 'notes', as: 'x', pipeline: [] } }]), 'InvalidParameter', 400);
    await refused(things.find({ $or: [{ $where: '1' }] }), 'InvalidParameter', 400);
  },

  async 'aggregate computes with what the user sees'() {
    const ann = await withNotes();
    const bob = await withNotes();
    await ann.notes.insertMany([
      { owner: ann.owner, kind: 'summed', n: 1 },
      { owner: ann.owner, kind: 'summed', n: 2, text: 'summed', shared: true },
    ]);
    const sum = [{ $group: { _id: '$text', notes: { $sum: 1 }, n: { $sum: '$n' } } }, { $sort: { _id: 1 } }];
    const ofAnn = await ann.notes.aggregate([{ $match: { kind: 'summed' } }, ...sum]);
    assert.deepEqual(ofAnn, [{ _id: null, notes: 1, n: 1 }, { _id: 'summed', notes: 1, n: 2 }]);
    assert.deepEqual(await bob.notes.aggregate([{ $match: { kind: 'summed' } }, ...sum]), []);
    assert.deepEqual(await bob.notes.aggregate([{ $match: { text: 'summed' } }, ...sum]), [{ _id: 'summed', notes: 1, n: 0 }]);
  },

  async 'every type comes back as it was'() {
    const { things, board } = await withBoard();
    const document = {
      board,
      id: new BSON.ObjectId(),
      at: new Date(1641954803067),
      int: 1, double: 1.5, long: BSON.Long.fromString('9007199254740991'),
      decimal: BSON.Decimal128.fromString('9823.1297'),
      binary: new BSON.Binary(Buffer.from('hi')),
      uuid: new BSON.Binary(Buffer.from('00112233445566778899aabbccddeeff', 'hex'), 4),
      pattern: new BSON.BSONRegExp('^H', 'i'),
      min: new BSON.MinKey(), max: new BSON.MaxKey(), nothing: null, yes: true, list: [1, [2, { a: 'b' }]],
    };
    const { insertedId } = await things.insertOne(document);
    const found = await things.findOne({ _id: insertedId });
    assert.deepEqual(BSON.EJSON.stringify(found, { relaxed: false }), BSON.EJSON.stringify({ _id: insertedId, ...document }, { relaxed: false }));
  },

  async 'a schema is kept to'() {
    const typed = collection(await signedIn(), 'typed');
    await refused(typed.insertOne({ amount: 0 }), 'SchemaValidationFailedWrite', 400);
    await refused(typed.insertOne({ amount: 'x' }), 'SchemaValidationFailedWrite', 400);
    await typed.insertOne({ amount: 1 });
  },

  async 'what is not there says so'() {
    const user = await signedIn();
    await refused(user.mongoClient('other').db(BERTH_DATABASE).collection('notes').find(), 'ServiceNotFound', 404, "service not found: 'other'");
    await refused(collection(user, 'ruleless').find(), 'NoMatchingRuleFound', 403);
    await refused(user.mongoClient('mongodb-atlas').db('berth').collection('users').find(), 'NoMatchingRuleFound', 403);
  },

  async 'a call with an expired token is repeated with a new one'() {
    const { user, notes, owner } = await withNotes();
    await notes.insertOne({ owner, n: 1 });
    await expired(user.accessToken);
    assert.equal(await notes.count({ owner }), 1);
  },

  async 'watch tells of inserts'() {
    const { user, notes, owner } = await withNotes();
    const event = await firstEvent(user, () => notes.watch(), () => notes.insertOne({ owner, text: 'a 100%\nsure\r thing' }));
    assert.equal(event.operationType, 'insert');
    assert.deepEqual(event.ns, { db: BERTH_DATABASE, coll: 'notes' });
    assert.equal(event.fullDocument.owner, owner);
    assert.equal(event.fullDocument.text, 'a 100%\nsure\r thing');
    assert.equal(event.documentKey._id.toHexString(), event.fullDocument._id.toHexString());
  },

  async 'watch tells of changes of the documents that were asked for'() {
    const { user, notes, owner } = await withNotes();
    const { insertedIds: [first, second] } = await notes.insertMany([{ owner, n: 0 }, { owner, n: 0 }]);
    let n = 1;
    const event = await firstEvent(user, () => notes.watch({ ids: [second] }), async () => {
      n++;
      await notes.findOneAndReplace({ _id: first }, { owner, n });
      await notes.findOneAndReplace({ _id: second }, { owner, n });
    });
    assert.equal(event.documentKey._id.toHexString(), second.toHexString());
    assert.ok(event.fullDocument.n > 1);
  },

  async 'watch filters events and keeps to the rules'() {
    const ann = await withNotes();
    const bob = await withNotes();
    const event = await firstEvent(
      bob.user,
      () => bob.notes.watch({ filter: { 'fullDocument.n': 2 } }),
      async () => {
        await ann.notes.insertMany([{ owner: ann.owner, n: 2 }, { owner: ann.owner, n: 1, shared: true, text: 'no' }]);
        await ann.notes.insertOne({ owner: ann.owner, n: 2, shared: true, text: 'yes', secret: 7 });
      });
    assert.deepEqual(Object.keys(event.fullDocument).sort(), ['_id', 'shared', 'text']);
    assert.equal(event.fullDocument.text, 'yes');
  },

  async 'what may not be watched says so'() {
    const user = await signedIn();
    await assert.rejects(collection(user, 'ruleless').watch().next(), { errorCode: 'NoMatchingRuleFound', statusCode: 403 });
    await assert.rejects(user.mongoClient('other').db(BERTH_DATABASE).collection('notes').watch().next(), { errorCode: 'ServiceNotFound', statusCode: 404 });
  },

  async 'many documents arrive'() {
    const { things, board } = await withBoard();
    await things.insertMany(Array.from({ length: 1500 }, (_, n) => ({ board, n })));
    const all = await things.find({ board });
    assert.equal(all.length, 1500);
    assert.deepEqual(all.sort(byNumber).map((thing) => thing.n), Array.from({ length: 1500 }, (_, n) => n));
  },
});
