// What an app does with mongodb-stitch-server-sdk 4.9.0.
const assert = require('node:assert/strict');
const {
  Stitch, StitchAppClientConfiguration, AnonymousCredential, UserPasswordCredential, UserPasswordAuthProviderClient,
  UserApiKeyAuthProviderClient, UserApiKeyCredential, CustomCredential, FunctionCredential, RemoteMongoClient, BSON,
} = require('mongodb-stitch-server-sdk');
const { BERTH_URL, BERTH_APP, BERTH_DATABASE, run, newEmail, externalToken, expired } = require('./checks.js');

const PASSWORD = 'Pa55w0rd!';
const configuration = new StitchAppClientConfiguration.Builder().withBaseUrl(BERTH_URL).build();
const client = Stitch.initializeAppClient(BERTH_APP, configuration);
const passwords = client.auth.getProviderClient(UserPasswordAuthProviderClient.factory);

const signedUp = async () => {
  const email = newEmail('success');
  await passwords.registerWithEmail(email, PASSWORD);
  const user = await client.auth.loginWithCredential(new UserPasswordCredential(email, PASSWORD));
  return { email, user };
};

// The message of an error of the service is its text; the code has a name only when it was understood.
const refused = (promise, text) => assert.rejects(promise, (error) => {
  assert.match(error.message, text);
  return true;
});

const tokensOf = async (email) => {
  await client.auth.loginWithCredential(new AnonymousCredential());
  const { token, tokenId } = await client.callFunction('tokensOf', [email]);
  return [token, tokenId];
};

run({
  async 'an anonymous user signs in and calls a function'() {
    const user = await client.auth.loginWithCredential(new AnonymousCredential());
    assert.match(user.id, /^[0-9a-f]{24}$/);
    assert.equal(user.loggedInProviderType, 'anon-user');
    assert.equal(await client.callFunction('sum', [1, 2]), 3);
  },

  async 'a user registers and signs in with a password'() {
    const { email, user } = await signedUp();
    assert.equal(user.profile.email, email);
    await refused(passwords.registerWithEmail(email, PASSWORD), /name already in use/);
    await refused(client.auth.loginWithCredential(new UserPasswordCredential(email, 'wrong one')), /invalid username\/password/);
  },

  async 'a pending user is confirmed'() {
    const email = newEmail('pending');
    await passwords.registerWithEmail(email, PASSWORD);
    await refused(client.auth.loginWithCredential(new UserPasswordCredential(email, PASSWORD)), /confirmation required/);
    await passwords.confirmUser(...await tokensOf(email));
    await client.auth.loginWithCredential(new UserPasswordCredential(email, PASSWORD));
  },

  async 'a password is reset by function'() {
    const { email } = await signedUp();
    await passwords.callResetPasswordFunction(email, 'an0ther one', ['success']);
    await client.auth.loginWithCredential(new UserPasswordCredential(email, 'an0ther one'));
    await passwords.callResetPasswordFunction(email, 'a third one', ['pending']);
    await passwords.resetPassword(...await tokensOf(email), 'the fourth one');
    await client.auth.loginWithCredential(new UserPasswordCredential(email, 'the fourth one'));
    await refused(passwords.sendResetPasswordEmail(email), /please use reset password via function/);
  },

  async 'API keys are made, listed, switched off and on, used and deleted'() {
    const { user } = await signedUp();
    const keys = client.auth.getProviderClient(UserApiKeyAuthProviderClient.factory);
    const made = await keys.createApiKey('first');
    assert.equal(made.key.length, 64);
    assert.equal((await keys.fetchApiKeys()).length, 1);
    assert.equal((await keys.fetchApiKey(made.id)).name, 'first');
    await keys.disableApiKey(made.id);
    assert.equal((await keys.fetchApiKey(made.id)).disabled, true);
    await keys.enableApiKey(made.id);
    assert.equal((await client.auth.loginWithCredential(new UserApiKeyCredential(made.key))).id, user.id);
    await client.auth.loginWithCredential(new AnonymousCredential());
    client.auth.switchToUserWithId(user.id);
    const second = await keys.createApiKey('second');
    await keys.deleteApiKey(second.id);
    assert.equal((await keys.fetchApiKeys()).length, 1);
  },

  async 'tokens and functions sign users in'() {
    const byToken = await client.auth.loginWithCredential(new CustomCredential(externalToken({ sub: 'ext-2', name: 'Jo' })));
    assert.equal(byToken.profile.name, 'Jo');
    const byFunction = await client.auth.loginWithCredential(new FunctionCredential({ card: 'jim' }));
    assert.notEqual(byFunction.id, byToken.id);
    await refused(client.auth.loginWithCredential(new FunctionCredential({ card: 'stolen' })), /that card is not good/);
  },

  async 'values arrive as they were sent'() {
    await client.auth.loginWithCredential(new AnonymousCredential());
    const id = new BSON.ObjectId();
    const echoed = await client.callFunction('echo', [{ id, at: new Date(5), list: [1, 'two', null] }]);
    assert.equal(echoed.id.toHexString(), id.toHexString());
    assert.equal(echoed.at.getTime(), 5);
    assert.deepEqual(echoed.list, [1, 'two', null]);
    assert.equal(await client.callFunction('nothing', []), null);
    await refused(client.callFunction('missing', []), /function not found: 'missing'/);
    await refused(client.callFunction('throwing', []), /no luck/);
  },

  async 'an account is linked'() {
    const email = newEmail('success');
    await passwords.registerWithEmail(email, PASSWORD);
    await client.auth.logout();
    const anonymous = await client.auth.loginWithCredential(new AnonymousCredential());
    const linked = await anonymous.linkWithCredential(new UserPasswordCredential(email, PASSWORD));
    assert.equal(linked.id, anonymous.id);
    assert.deepEqual(linked.identities.map((identity) => identity.providerType), ['anon-user', 'local-userpass']);
  },

  async 'an expired access token is refreshed and the call repeated'() {
    await signedUp();
    await expired(client.auth.authInfo.accessToken);
    assert.equal(await client.callFunction('sum', [3, 4]), 7);
  },

  async 'the data of the app are worked on under its rules'() {
    const { user } = await signedUp();
    const notes = client.getServiceClient(RemoteMongoClient.factory, 'mongodb-atlas').db(BERTH_DATABASE).collection('notes');
    const { insertedId } = await notes.insertOne({ owner: user.id, n: 1 });
    assert.equal(insertedId.toHexString().length, 24);
    await notes.insertMany([{ owner: user.id, n: 2 }, { owner: user.id, n: 3 }]);
    assert.deepEqual((await notes.find({ owner: user.id }, { sort: { n: -1 }, limit: 2 }).toArray()).map((note) => note.n), [3, 2]);
    assert.equal((await notes.findOne({ _id: insertedId })).n, 1);
    assert.equal(await notes.count({ owner: user.id }), 3);
    assert.equal((await notes.findOneAndReplace({ _id: insertedId }, { owner: user.id, n: 9 }, { returnNewDocument: true })).n, 9);
    assert.equal((await notes.findOneAndDelete({ _id: insertedId })).n, 9);
    assert.equal((await notes.deleteMany({ owner: user.id })).deletedCount, 2);
    await refused(notes.insertOne({ owner: 'somebody else' }), /insert not permitted/);
  },

  async 'a session ends with the log-out'() {
    await signedUp();
    await client.auth.logout();
    assert.equal(client.auth.isLoggedIn, false);
  },
});
