const { KJUR, KEYUTIL } = require('jsrsasign');
exports = () => {
  const token = KJUR.jws.JWS.sign('HS256', JSON.stringify({ alg: 'HS256' }), JSON.stringify({ a: 1 }), { utf8: 'secret' });
  equal(KJUR.jws.JWS.verify(token, { utf8: 'secret' }, ['HS256']), true);
  const { publicKey } = require('crypto').generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  equal(KEYUTIL.getKey(publicKey).type, 'RSA');
};
