// What an app does with realm-web 2.0.1.
const assert = require('node:assert/strict');
const Realm = require('realm-web');
const { BSON } = Realm;
const { BERTH_URL, BERTH_APP, run, newEmail, externalToken, expired } = require('./checks.js');

const { Credentials } = Realm;
const PASSWORD = 'Pa55w0rd!';

const newApp = (baseUrl = BERTH_URL) => new Realm.App({ id: BERTH_APP, baseUrl });

const refused = (promise, errorCode, status) =>
  assert.rejects(promise, (error) => {
    assert.equal(error.errorCode, errorCode);
    if (status !== undefined) assert.equal(error.statusCode, status);
    assert.ok(error.link.startsWith(BERTH_URL), error.link);
    return true;
  });

const signedUp = async (app) => {
  const email = newEmail('success');
  await app.emailPasswordAuth.registerUser({ email, password: PASSWORD });
  return { email, user: await app.logIn(Credentials.emailPassword(email, PASSWORD)) };
};

// What the confirmation and the reset function of the app were given for that address.
const tokensOf = async (app, email) => {
  const user = await app.logIn(Credentials.anonymous());
  const { token, tokenId } = await user.functions.tokensOf(email);
  return { token, tokenId };
};

run({
  async 'an anonymous user signs in and is reused'() {
    const app = newApp();
    const user = await app.logIn(Credentials.anonymous());
    assert.match(user.id, /^[0-9a-f]{24}$/);
    assert.match(user.deviceId, /^[0-9a-f]{24}$/);
    assert.equal(user.isLoggedIn, true);
    assert.deepEqual(user.identities.map((identity) => identity.providerType), ['anon-user']);
    assert.equal((await app.logIn(Credentials.anonymous())).id, user.id);
    assert.deepEqual(user.customData, {});
    JSON.stringify(user);
  },

  async 'a base URL may end with a slash'() {
    await newApp(BERTH_URL + '/').logIn(Credentials.anonymous());
  },

  async 'a user registers and signs in with a password'() {
    const app = newApp();
    const { email, user } = await signedUp(app);
    assert.equal(user.profile.email, email);
    await refused(app.emailPasswordAuth.registerUser({ email, password: PASSWORD }), 'AccountNameInUse', 409);
    await refused(app.logIn(Credentials.emailPassword(email, 'not this one')), 'InvalidPassword', 401);
    await refused(app.logIn(Credentials.emailPassword(newEmail('nobody'), PASSWORD)), 'InvalidPassword', 401);
  },

  async 'a confirmation function that fails makes no user'() {
    const email = newEmail('fail');
    await assert.rejects(newApp().emailPasswordAuth.registerUser({ email, password: PASSWORD }), {
      error: `failed to confirm user "${email}"`,
      errorCode: 'BadRequest',
    });
  },

  async 'a pending user signs in once confirmed'() {
    const app = newApp();
    const email = newEmail('pending');
    await app.emailPasswordAuth.registerUser({ email, password: PASSWORD });
    await refused(app.logIn(Credentials.emailPassword(email, PASSWORD)), 'AuthError', 401);
    await app.emailPasswordAuth.retryCustomConfirmation({ email });
    await assert.rejects(app.emailPasswordAuth.confirmUser({ token: 'wrong', tokenId: 'wrong' }), {
      error: 'invalid token data',
    });
    await app.emailPasswordAuth.confirmUser(await tokensOf(app, email));
    const user = await app.logIn(Credentials.emailPassword(email, PASSWORD));
    assert.equal(user.isLoggedIn, true);
    await refused(app.emailPasswordAuth.retryCustomConfirmation({ email }), 'UserAlreadyConfirmed');
  },

  async 'a password is reset by function'() {
    const app = newApp();
    const { email } = await signedUp(app);
    await app.emailPasswordAuth.callResetPasswordFunction({ email, password: 'an0ther one' }, 'success', { at: new Date(5) });
    await refused(app.logIn(Credentials.emailPassword(email, PASSWORD)), 'InvalidPassword');
    await app.logIn(Credentials.emailPassword(email, 'an0ther one'));
    await assert.rejects(app.emailPasswordAuth.callResetPasswordFunction({ email, password: 'no such luck' }, 'fail'), {
      error: `failed to reset password for user "${email}"`,
    });
    await assert.rejects(app.emailPasswordAuth.sendResetPasswordEmail({ email }), {
      error: 'please use reset password via function',
    });
  },

  async 'a password is reset with the token that the function was given'() {
    const app = newApp();
    const { email } = await signedUp(app);
    await app.emailPasswordAuth.callResetPasswordFunction({ email, password: 'the third one' }, 'pending');
    const tokens = await tokensOf(app, email);
    await app.emailPasswordAuth.resetPassword({ ...tokens, password: 'the fourth one' });
    await app.logIn(Credentials.emailPassword(email, 'the fourth one'));
  },

  async 'API keys are made, listed, switched off and on, used and deleted'() {
    const app = newApp();
    const { user } = await signedUp(app);
    const made = await user.apiKeys.create('first');
    assert.equal(typeof made._id, 'string');
    assert.equal(made.name, 'first');
    assert.equal(made.disabled, false);
    assert.equal(made.key.length, 64);
    assert.deepEqual(await user.apiKeys.fetch(made._id), { _id: made._id, name: 'first', disabled: false });
    assert.deepEqual(await user.apiKeys.fetchAll(), [{ _id: made._id, name: 'first', disabled: false }]);
    await refused(user.apiKeys.create('first'), 'APIKeyAlreadyExists', 409);

    const withKey = await newApp().logIn(Credentials.apiKey(made.key));
    assert.equal(withKey.id, user.id);
    await assert.rejects(withKey.apiKeys.delete(made._id), { statusCode: 403 });

    await user.apiKeys.disable(made._id);
    assert.equal((await user.apiKeys.fetch(made._id)).disabled, true);
    await assert.rejects(newApp().logIn(Credentials.apiKey(made.key)), { statusCode: 401 });
    await user.apiKeys.enable(made._id);
    await newApp().logIn(Credentials.apiKey(made.key));
    await user.apiKeys.delete(made._id);
    assert.deepEqual(await user.apiKeys.fetchAll(), []);
    await refused(user.apiKeys.fetch(made._id), 'APIKeyNotFound', 404);
    await assert.rejects(newApp().logIn(Credentials.apiKey(made.key)), { statusCode: 401 });
  },

  async 'a user signs in with a token of another system'() {
    const app = newApp();
    const user = await app.logIn(Credentials.jwt(externalToken({ sub: 'ext-1', name: 'Jo' })));
    assert.equal(user.profile.name, 'Jo');
    assert.equal((await newApp().logIn(Credentials.jwt(externalToken({ sub: 'ext-1', name: 'Jo' })))).id, user.id);
    const bad = (token) => assert.rejects(newApp().logIn(Credentials.jwt(token)), { statusCode: 401, errorCode: 'AuthError' });
    await bad(externalToken({ sub: 'ext-1', name: 'Jo', exp: 1 }));
    await bad(externalToken({ sub: 'ext-1', name: 'Jo' }, 'another key of the same length, 32+'));
    await bad(externalToken({ sub: 'ext-1', name: 'Jo' }, '', { alg: 'none', typ: 'JWT' }));
  },

  async 'a function of the app signs users in'() {
    const app = newApp();
    const when = new Date(1000);
    const user = await app.logIn(Credentials.function({ card: 'jo', when, amount: 7 }));
    assert.equal((await newApp().logIn(Credentials.function({ card: 'jo', when, amount: 7 }))).id, user.id);
    await assert.rejects(app.logIn(Credentials.function({ card: 'stolen' })), { statusCode: 401, error: 'that card is not good' });
  },

  async 'a function is called with every type of argument'() {
    const user = await newApp().logIn(Credentials.anonymous());
    assert.equal(await user.functions.sum(1, 2.5), 3.5);
    const id = new BSON.ObjectId();
    const seen = await user.functions.typesOf(
      1, -0, 2.5, 2 ** 40, new Date(5), id, BSON.Decimal128.fromString('1.50'),
      new BSON.Binary(Buffer.from('hi')), /ab/i, undefined, null, 'text', true, [1, [2]], { a: { b: 1 } });
    assert.deepEqual(seen, [
      'number', 'number', 'number', 'number', 'Date', 'ObjectId', 'Decimal128', 'Binary', 'BSONRegExp', 'null', 'null',
      'string', 'boolean', 'array', 'object']);
    const echoed = await user.functions.echo({ id, at: new Date(5), list: [1, 'two', null] });
    assert.equal(echoed.id.toHexString(), id.toHexString());
    assert.equal(echoed.at.getTime(), 5);
    assert.deepEqual(echoed.list, [1, 'two', null]);
    assert.equal(await user.functions.nothing(), null);
    assert.equal(await user.callFunction('nested/name', 'x'), 'x');
  },

  async 'a function sees who calls it'() {
    const app = newApp();
    const { email, user } = await signedUp(app);
    const seen = await user.functions.who();
    assert.equal(seen.user.id, user.id);
    assert.equal(seen.user.type, 'normal');
    assert.equal(seen.user.data.email, email);
    assert.equal(seen.user.identities[0].provider_type, 'local-userpass');
    assert.equal(seen.system, false);
    const asSystem = await user.functions.whoAsSystem();
    assert.equal(asSystem.user.id, user.id);
    assert.equal(asSystem.system, true);
  },

  async 'functions that cannot be called say so'() {
    const user = await newApp().logIn(Credentials.anonymous());
    await assert.rejects(user.functions.missing(), { errorCode: 'FunctionNotFound', error: "function not found: 'missing'", statusCode: 404 });
    await refused(user.functions.hidden(), 'NotCallable', 403);
    await assert.rejects(user.functions.throwing(), { errorCode: 'FunctionExecutionError', error: 'no luck', statusCode: 400 });
  },

  async 'an anonymous user keeps the id when an account is linked'() {
    const app = newApp();
    const email = newEmail('success');
    const user = await app.logIn(Credentials.anonymous());
    const { id } = user;
    await app.emailPasswordAuth.registerUser({ email, password: PASSWORD });
    await refused(user.linkCredentials(Credentials.emailPassword(email, 'wrong one')), 'InvalidPassword', 401);
    await user.linkCredentials(Credentials.emailPassword(email, PASSWORD));
    assert.deepEqual(user.identities.map((identity) => identity.providerType), ['anon-user', 'local-userpass']);
    assert.equal((await newApp().logIn(Credentials.emailPassword(email, PASSWORD))).id, id);
  },

  async 'an identity of somebody else cannot be linked'() {
    const app = newApp();
    const { email } = await signedUp(app);
    const other = await newApp().logIn(Credentials.anonymous());
    await assert.rejects(other.linkCredentials(Credentials.emailPassword(email, PASSWORD)), (error) => error.errorCode !== 'InvalidSession');
  },

  async 'an expired access token is refreshed and the call repeated'() {
    const user = await newApp().logIn(Credentials.anonymous());
    const before = user.accessToken;
    await expired(before);
    assert.equal(await user.functions.sum(1, 2), 3);
    assert.notEqual(user.accessToken, before);
    await user.refreshCustomData();
  },

  async 'a session ends with the log-out'() {
    const user = await newApp().logIn(Credentials.anonymous());
    const { refreshToken } = user;
    await user.logOut();
    assert.equal(user.isLoggedIn, false);
    const answer = await fetch(`${BERTH_URL}/api/client/v2.0/auth/session`, {
      method: 'POST', headers: { Authorization: `Bearer ${refreshToken}` } });
    assert.equal(answer.status, 401);
    assert.equal((await answer.json()).error_code, 'InvalidSession');
  },

  async 'a deleted user is gone'() {
    const app = newApp();
    const { email, user } = await signedUp(app);
    await app.deleteUser(user);
    assert.equal(user.state, 'removed');
    await refused(app.logIn(Credentials.emailPassword(email, PASSWORD)), 'InvalidPassword', 401);
    await app.emailPasswordAuth.registerUser({ email, password: PASSWORD });
  },

  async 'accounts of other companies are not available yet'() {
    await assert.rejects(newApp().logIn(Credentials.google({ idToken: 'x' })), (error) => error.statusCode >= 400 && error.statusCode < 500);
  },
});
