// Runs checks one after the other and says on a line of its own how each went.
const crypto = require('node:crypto');

const { BERTH_URL, BERTH_APP, BERTH_DATABASE, BERTH_SIGNING_KEY } = process.env;

const run = async (checks) => {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`not ok ${name}: ${String(error.stack).replaceAll('\n', ' | ')}`);
    }
  }
  process.exit(0);
};

let people = 0;
// Nobody has this address yet.
const newEmail = (kind) => `${kind}-${process.pid}-${people++}@example.com`;

const base64url = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');

// A token as another system would sign it for its user.
const externalToken = (claims, key = BERTH_SIGNING_KEY, header = { alg: 'HS256', typ: 'JWT' }) => {
  const body = `${base64url(header)}.${base64url({ aud: BERTH_APP, exp: Math.floor(Date.now() / 1000) + 600, ...claims })}`;
  return `${body}.${crypto.createHmac('sha256', key).update(body).digest('base64url')}`;
};

const expiry = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).exp;

// Waits until an access token is past its end.
const expired = async (token) => {
  const end = expiry(token) * 1000;
  while (Date.now() <= end + 50) await new Promise((resolve) => setTimeout(resolve, 50));
};

module.exports = { BERTH_URL, BERTH_APP, BERTH_DATABASE, run, newEmail, externalToken, expired };
