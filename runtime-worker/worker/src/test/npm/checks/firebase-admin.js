const { initializeApp, cert, getApps } = require('firebase-admin/app');
const { getAuth } = require('firebase-admin/auth');
exports = async () => {
  const { privateKey } = require('crypto').generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const app = getApps()[0] || initializeApp({ credential: cert({ projectId: 'p', clientEmail: 'a@b.c', privateKey }) });
  const token = await getAuth(app).createCustomToken('uid-1', { role: 'x' });
  equal(JSON.parse(require('buffer').Buffer.from(token.split('.')[1], 'base64').toString()).uid, 'uid-1');
};
