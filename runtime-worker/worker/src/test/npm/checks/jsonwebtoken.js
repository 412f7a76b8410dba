const jwt = require('jsonwebtoken');
const crypto = require('crypto');
exports = async () => {
  const token = jwt.sign({ sub: 'ann' }, 'secret', { expiresIn: '1h', issuer: 'me' });
  equal(jwt.verify(token, 'secret', { issuer: 'me' }).sub, 'ann');
  equal((await new Promise((resolve) => jwt.verify(token, 'other', resolve))).message, 'invalid signature');
  for (const [algorithm, pair] of [
    ['RS256', crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })],
    ['ES256', crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })],
  ]) {
    const signed = jwt.sign({ a: 1 }, pair.privateKey, { algorithm });
    equal(jwt.verify(signed, pair.publicKey, { algorithms: [algorithm] }).a, 1);
  }
  equal(jwt.verify('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c', 'your-256-bit-secret').name, 'John Doe');
};
