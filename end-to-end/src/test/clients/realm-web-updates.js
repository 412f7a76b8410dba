// Updates with operators through realm-web 2.0.1, under the rules of the app.
const assert = require('node:assert/strict');
const Realm = require('realm-web');
const { BERTH_URL, BERTH_APP, BERTH_DATABASE, run } = require('./checks.js');

const withNotes = async () => {
  const user = await new Realm.App({ id: BERTH_APP, baseUrl: BERTH_URL }).logIn(Realm.Credentials.anonymous(false));
  return { owner: user.id, notes: user.mongoClient('mongodb-atlas').db(BERTH_DATABASE).collection('notes') };
};

const refused = (promise) => assert.rejects(promise, { errorCode: 'NoMatchingRuleFound', statusCode: 403, error: 'update not permitted' });

run({
  async 'updateOne changes one document'() {
    const { notes, owner } = await withNotes();
    await notes.insertMany([{ owner, n: 1 }, { owner, n: 1 }]);
    assert.deepEqual(await notes.updateOne({ owner }, { $set: { text: 'new' }, $inc: { n: 1 } }), { matchedCount: 1, modifiedCount: 1 });
    assert.equal(await notes.count({ owner, text: 'new', n: 2 }), 1);
    assert.deepEqual(await notes.updateOne({ owner, n: 99 }, { $set: { n: 1 } }), { matchedCount: 0, modifiedCount: 0 });
  },

  async 'updateOne inserts what it does not find'() {
    const { notes, owner } = await withNotes();
    const answer = await notes.updateOne({ owner, n: 7 }, { $set: { text: 'x' } }, { upsert: true });
    assert.equal(answer.matchedCount, 0);
    assert.ok(answer.upsertedId);
    assert.equal((await notes.findOne({ _id: answer.upsertedId })).n, 7);
  },

  async 'updateOne changes elements of an array'() {
    const { notes, owner } = await withNotes();
    const { insertedId: _id } = await notes.insertOne({ owner, list: [1, 5, 9] });
    await notes.updateOne({ _id }, { $set: { 'list.$[big]': 0 } }, { arrayFilters: [{ big: { $gt: 4 } }] });
    assert.deepEqual((await notes.findOne({ _id })).list, [1, 0, 0]);
  },

  async 'updateMany changes what is one\'s own'() {
    const ann = await withNotes();
    const bob = await withNotes();
    await ann.notes.insertMany([{ owner: ann.owner, n: 1 }, { owner: ann.owner, n: 2 }]);
    assert.deepEqual(await bob.notes.updateMany({ owner: ann.owner }, { $set: { n: 0 } }), { matchedCount: 0, modifiedCount: 0 });
    assert.deepEqual(await ann.notes.updateMany({ owner: ann.owner }, { $set: { n: 2 } }), { matchedCount: 2, modifiedCount: 1 });
  },

  async 'findOneAndUpdate gives the document before or after'() {
    const { notes, owner } = await withNotes();
    const { insertedId: _id } = await notes.insertOne({ owner, n: 1 });
    assert.equal((await notes.findOneAndUpdate({ _id }, { $inc: { n: 1 } })).n, 1);
    assert.equal((await notes.findOneAndUpdate({ _id }, { $inc: { n: 1 } }, { returnNewDocument: true })).n, 3);
    assert.equal(await notes.findOneAndUpdate({ owner, n: 99 }, { $inc: { n: 1 } }), null);
  },

  async 'nobody takes the document of somebody else'() {
    const ann = await withNotes();
    const bob = await withNotes();
    const { insertedId: _id } = await ann.notes.insertOne({ owner: ann.owner, shared: true, text: 'a' });
    await refused(bob.notes.updateOne({ _id }, { $set: { owner: bob.owner } }));
    await refused(bob.notes.findOneAndUpdate({ _id }, { $rename: { text: 'other' } }));
    assert.equal((await ann.notes.findOne({ _id })).text, 'a');
  },
});
