const CryptoJS = require('crypto-js');
exports = () => {
  equal(CryptoJS.SHA256('a').toString(), 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  equal(CryptoJS.HmacSHA1('a', 'key').toString(CryptoJS.enc.Base64), require('crypto').createHmac('sha1', 'key').update('a').digest('base64'));
  const secret = CryptoJS.AES.encrypt('message', 'password').toString();
  equal(CryptoJS.AES.decrypt(secret, 'password').toString(CryptoJS.enc.Utf8), 'message');
  equal(CryptoJS.lib.WordArray.random(16).sigBytes, 16);
};
