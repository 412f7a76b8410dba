// `crypto`: the host computes; bytes go there and back as text of one character each.
const { Transform } = require('stream');

const bytesOf = (text) => Buffer.from(host.fromLatin1(text));
const typeError = (name, what) => {
  const error = new TypeError(`The "${name}" argument must be ${what}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
};

const latin1 = (value, encoding, name = 'data') => {
  if (typeof value === 'string') {
    if (encoding === 'latin1' || encoding === 'binary') return value;
    return host.toLatin1(Buffer.from(value, encoding === undefined || encoding === 'buffer' ? 'utf8' : encoding));
  }
  if (value instanceof ArrayBuffer) return host.toLatin1(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return host.toLatin1(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (value instanceof KeyObject && value.type === 'secret') return value.symmetric;
  throw typeError(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView');
};

const output = (text, encoding) => {
  const bytes = bytesOf(text);
  return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
};

const textOf = (value, name) => {
  if (typeof value !== 'string') throw typeError(name, 'of type string');
  return value;
};
const numberOf = (value, name) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw typeError(name, 'an integer');
  return '' + value;
};

// Runs at once and tells later, as callers with a callback expect.
const told = (callback, compute) => {
  if (callback === undefined) return compute();
  if (typeof callback !== 'function') throw typeError('callback', 'of type function');
  let value;
  try {
    value = compute();
  } catch (error) {
    host.later(callback, [error]);
    return undefined;
  }
  host.later(callback, [null, value]);
  return undefined;
};

// ---- hashes

// What gets data piece by piece, as calls or as a stream.
class Collecting extends Transform {
  #pieces = [];
  #done = false;
  update(data, encoding) {
    if (this.#done) {
      const error = new Error('Digest already called');
      error.code = 'ERR_CRYPTO_HASH_FINALIZED';
      throw error;
    }
    this.#pieces.push(latin1(data, encoding));
    return this;
  }
  _take() {
    if (this.#done) {
      const error = new Error('Digest already called');
      error.code = 'ERR_CRYPTO_HASH_FINALIZED';
      throw error;
    }
    this.#done = true;
    return this.#pieces.join('');
  }
  _peek() {
    return this.#pieces.join('');
  }
  _transform(chunk, encoding, callback) {
    this.update(chunk);
    callback();
  }
}

class Hash extends Collecting {
  #name;
  constructor(name, options) {
    super(options);
    this.#name = textOf(name, 'algorithm');
    host.compute('node.hash', this.#name, '');
  }
  digest(encoding) {
    return output(host.compute('node.hash', this.#name, this._take()), encoding);
  }
  copy() {
    return new Hash(this.#name).update(this._peek(), 'latin1');
  }
  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

class Hmac extends Collecting {
  #name;
  #key;
  constructor(name, key, options) {
    super(options);
    this.#name = textOf(name, 'hmac');
    this.#key = latin1(key, undefined, 'key');
    host.compute('node.hmac', this.#name, this.#key, '');
  }
  digest(encoding) {
    return output(host.compute('node.hmac', this.#name, this.#key, this._take()), encoding);
  }
  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

// ---- ciphers

class CipherBase extends Transform {
  #direction;
  #name;
  #key;
  #iv;
  #pieces = [];
  #padding = true;
  #aad = '';
  #tag = '';
  #gcm;
  constructor(direction, name, key, iv, options) {
    super(options);
    this.#direction = direction;
    this.#name = textOf(name, 'cipher');
    this.#key = latin1(key, undefined, 'key');
    this.#iv = iv === null ? '' : latin1(iv, undefined, 'iv');
    this.#gcm = /gcm$/i.test(name);
    host.compute('node.cipher', 'encrypt', this.#name, this.#key, this.#iv, '', '1', '');
  }
  // All comes with `final`: what is encrypted so far is no part of any contract of ours.
  update(data, encoding, outputEncoding) {
    this.#pieces.push(latin1(data, encoding));
    return output('', outputEncoding);
  }
  final(encoding) {
    const data = this.#pieces.join('') + (this.#gcm && this.#direction === 'decrypt' ? this.#tag : '');
    let text = host.compute('node.cipher', this.#direction, this.#name, this.#key, this.#iv, data, this.#padding ? '1' : '0', this.#aad);
    if (this.#gcm && this.#direction === 'encrypt') {
      this.#tag = text.slice(-16);
      text = text.slice(0, -16);
    }
    return output(text, encoding);
  }
  setAutoPadding(padding = true) {
    this.#padding = Boolean(padding);
    return this;
  }
  setAAD(data) {
    this.#aad += latin1(data, undefined, 'buffer');
    return this;
  }
  getAuthTag() {
    return bytesOf(this.#tag);
  }
  setAuthTag(tag, encoding) {
    this.#tag = latin1(tag, encoding, 'buffer');
    if (this.#tag.length !== 16) throw new Error('Invalid authentication tag length: ' + this.#tag.length);
    return this;
  }
  _transform(chunk, encoding, callback) {
    this.update(chunk);
    callback();
  }
  _flush(callback) {
    try {
      this.push(this.final());
      callback();
    } catch (error) {
      callback(error);
    }
  }
}

class Cipheriv extends CipherBase {
  constructor(...args) {
    super('encrypt', ...args);
  }
}
class Decipheriv extends CipherBase {
  constructor(...args) {
    super('decrypt', ...args);
  }
}

// ---- keys

class KeyObject {
  constructor(type, content, details) {
    this.type = type;
    Object.defineProperty(this, type === 'secret' ? 'symmetric' : 'pem', { value: content });
    if (details) {
      this.asymmetricKeyType = details.type;
      this.asymmetricKeyDetails = details.type === 'rsa' ? { modulusLength: details.bits, publicExponent: 65537n } : details.type === 'ec' ? { namedCurve: { 256: 'prime256v1', 384: 'secp384r1', 521: 'secp521r1' }[details.bits] } : {};
    } else this.symmetricKeySize = content.length;
  }
  export(options) {
    if (this.type === 'secret') return options && options.format === 'jwk' ? { kty: 'oct', k: bytesOf(this.symmetric).toString('base64url') } : bytesOf(this.symmetric);
    const format = options && options.format;
    if (format === 'der') return Buffer.from(this.pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    if (format !== undefined && format !== 'pem') throw new Error(`the format ${format} is not supported`);
    return this.pem;
  }
  equals(other) {
    return other instanceof KeyObject && other.type === this.type && other.pem === this.pem && other.symmetric === this.symmetric;
  }
  static from() {
    throw new Error('KeyObject.from is not supported');
  }
}

const wrap = (der, label) => `-----BEGIN ${label}-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n').replace(/\n$/, '')}\n-----END ${label}-----\n`;

// Keys come as PEM, as DER with its kind, as objects around either, or as objects of ours.
const pemOf = (key, wanted) => {
  if (key instanceof KeyObject) {
    if (key.type === 'secret') throw typeError('key', 'a private or public key');
    return key.pem;
  }
  if (typeof key === 'string') return key;
  if (ArrayBuffer.isView(key)) return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString();
  if (typeof key === 'object' && key !== null && key.key !== undefined) {
    if (key.passphrase !== undefined && key.passphrase !== '') throw new Error('encrypted private keys are not supported');
    if (key.format === 'jwk') throw new Error('keys in the form jwk are not supported');
    if (key.format === 'der') {
      const label = { pkcs1: wanted === 'private' ? 'RSA PRIVATE KEY' : 'RSA PUBLIC KEY', sec1: 'EC PRIVATE KEY', pkcs8: 'PRIVATE KEY', spki: 'PUBLIC KEY' }[key.type];
      return wrap(Buffer.from(key.key), label);
    }
    return pemOf(key.key, wanted);
  }
  throw typeError('key', 'of type string or an instance of Buffer or KeyObject');
};

const keyObject = (kind) => (key) => {
  const [type, bits, pem] = host.compute('node.key', kind, pemOf(key, kind)).split(',');
  return new KeyObject(kind, pem, { type, bits: Number(bits) });
};
const createPrivateKey = keyObject('private');
const createPublicKey = keyObject('public');
const createSecretKey = (key, encoding) => new KeyObject('secret', latin1(key, encoding, 'key'));

const constants = {
  RSA_PKCS1_PADDING: 1,
  RSA_NO_PADDING: 3,
  RSA_PKCS1_OAEP_PADDING: 4,
  RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1,
  RSA_PSS_SALTLEN_MAX_SIGN: -2,
  RSA_PSS_SALTLEN_AUTO: -2,
};
const DIGEST_LENGTHS = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

const scheme = (key) => (key && key.padding === constants.RSA_PKCS1_PSS_PADDING ? 'pss' : key && key.dsaEncoding === 'ieee-p1363' ? 'ieee-p1363' : 'pkcs1');
const saltLength = (key, name) => {
  const given = key && key.saltLength;
  return '' + (typeof given === 'number' && given >= 0 ? given : DIGEST_LENGTHS[name.toLowerCase().replace(/^rsa-/, '').replace('-', '')] || 32);
};

const signed = (name, data, key) => host.compute('node.sign', name, data, pemOf(key, 'private'), scheme(key), saltLength(key, name));
const verified = (name, data, key, signature) =>
  host.compute('node.verify', name, data, pemOf(key, 'public'), scheme(key), saltLength(key, name), signature) === '1';

class Sign extends Collecting {
  #name;
  constructor(name, options) {
    super(options);
    this.#name = textOf(name, 'algorithm');
    host.compute('node.hash', this.#name, '');
  }
  sign(key, encoding) {
    return output(signed(this.#name, this._take(), key), encoding);
  }
}
class Verify extends Collecting {
  #name;
  constructor(name, options) {
    super(options);
    this.#name = textOf(name, 'algorithm');
    host.compute('node.hash', this.#name, '');
  }
  verify(key, signature, encoding) {
    return verified(this.#name, this._take(), key, latin1(signature, encoding, 'signature'));
  }
}

const oaep = (key) => {
  const padding = key && key.padding;
  if (padding === constants.RSA_PKCS1_PADDING) return '';
  return (key && key.oaepHash) || 'sha1';
};
const publicEncrypt = (key, data) => bytesOf(host.compute('node.rsa', 'publicEncrypt', pemOf(key, 'public'), latin1(data), oaep(key)));
const privateDecrypt = (key, data) => bytesOf(host.compute('node.rsa', 'privateDecrypt', pemOf(key, 'private'), latin1(data), oaep(key)));

const generateKeyPairSync = (type, options) => {
  const what = type === 'rsa' ? numberOf(options && options.modulusLength, 'options.modulusLength') : type === 'ec' ? textOf(options && options.namedCurve, 'options.namedCurve') : '';
  const [privatePem, publicPem] = host.compute('node.generate', textOf(type, 'type'), what).split(/(?=-----BEGIN PUBLIC)/);
  const form = (create, pem, encoding) => (encoding === undefined ? create(pem) : create(pem).export(encoding));
  return {
    publicKey: form(createPublicKey, publicPem, options && options.publicKeyEncoding),
    privateKey: form(createPrivateKey, privatePem, options && options.privateKeyEncoding),
  };
};

// ---- chance

const randomBytes = (size, callback) => told(callback, () => bytesOf(host.compute('node.random', numberOf(size, 'size'))));

const randomFillSync = (target, offset = 0, size = target.byteLength - offset) => {
  const view = ArrayBuffer.isView(target) ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength) : new Uint8Array(target);
  for (let at = 0; at < size; at += 65536) view.set(randomBytes(Math.min(65536, size - at)), offset + at);
  return target;
};
const randomFill = (target, ...rest) => {
  const callback = rest.pop();
  told(callback, () => randomFillSync(target, ...rest));
};

const randomInt = (low, high, callback) => {
  const [from, to, then] = typeof high === 'number' ? [low, high, callback] : [0, low, high];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to <= from || to - from > 2 ** 48 - 1) throw new RangeError('The value of "max" is out of range');
  return told(then, () => {
    const span = to - from;
    const limit = 2 ** 48 - (2 ** 48 % span);
    for (;;) {
      const value = randomBytes(6).readUIntBE(0, 6);
      if (value < limit) return from + (value % span);
    }
  });
};

const randomUUID = () => {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

// ---- keys from passwords

const pbkdf2Sync = (password, salt, iterations, length, digest) =>
  bytesOf(host.compute('node.pbkdf2', latin1(password, undefined, 'password'), latin1(salt, undefined, 'salt'), numberOf(iterations, 'iterations'), numberOf(length, 'keylen'), textOf(digest, 'digest')));
const pbkdf2 = (...args) => {
  const callback = args.pop();
  if (typeof callback !== 'function') throw typeError('callback', 'of type function');
  told(callback, () => pbkdf2Sync(...args));
};

const scryptSync = (password, salt, length, options = {}) => {
  const value = (...names) => names.map((name) => options[name]).find((each) => each !== undefined);
  const [cost, size, parallel] = [value('N', 'cost') || 16384, value('r', 'blockSize') || 8, value('p', 'parallelization') || 1];
  return bytesOf(
    host.compute('node.scrypt', latin1(password, undefined, 'password'), latin1(salt, undefined, 'salt'), numberOf(length, 'keylen'), numberOf(cost, 'N'), numberOf(size, 'r'), numberOf(parallel, 'p')),
  );
};
const scrypt = (password, salt, length, ...rest) => {
  const callback = rest.pop();
  if (typeof callback !== 'function') throw typeError('callback', 'of type function');
  told(callback, () => scryptSync(password, salt, length, ...rest));
};

const hkdfSync = (digest, key, salt, info, length) => {
  const count = Number(numberOf(length, 'keylen'));
  const name = textOf(digest, 'digest');
  const extracted = host.compute('node.hmac', name, latin1(salt), latin1(key));
  if (count > 255 * extracted.length) throw new RangeError('Invalid key length');
  let out = '';
  let last = '';
  for (let i = 1; out.length < count; i++) {
    last = host.compute('node.hmac', name, extracted, last + latin1(info) + String.fromCharCode(i));
    out += last;
  }
  const bytes = bytesOf(out.slice(0, count));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};
const hkdf = (...args) => {
  const callback = args.pop();
  told(callback, () => hkdfSync(...args));
};

const timingSafeEqual = (a, b) => {
  const [left, right] = [latin1(a, undefined, 'buf1'), latin1(b, undefined, 'buf2')];
  if (typeof a === 'string' || typeof b === 'string') throw typeError('buf1', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView');
  if (left.length !== right.length) {
    const error = new RangeError('Input buffers must have the same byte length');
    error.code = 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH';
    throw error;
  }
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= left.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
};

const unsupported = (name) =>
  function () {
    const error = new Error(`crypto.${name} is not supported`);
    error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
    throw error;
  };

// What packages use of the Web Crypto API.
const subtle = {
  digest: async (name, data) => {
    const bytes = bytesOf(host.compute('node.hash', typeof name === 'string' ? name : name.name, latin1(data)));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  },
};
const getRandomValues = (target) => randomFillSync(target);

module.exports = {
  Hash,
  Hmac,
  Sign,
  Verify,
  Cipheriv,
  Decipheriv,
  KeyObject,
  constants,
  createHash: (name, options) => new Hash(name, options),
  createHmac: (name, key, options) => new Hmac(name, key, options),
  createCipheriv: (name, key, iv, options) => new Cipheriv(name, key, iv, options),
  createDecipheriv: (name, key, iv, options) => new Decipheriv(name, key, iv, options),
  createSign: (name, options) => new Sign(name, options),
  createVerify: (name, options) => new Verify(name, options),
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign: (name, data, key, callback) => told(callback, () => bytesOf(signed(name || '', latin1(data), key))),
  verify: (name, data, key, signature, callback) => told(callback, () => verified(name || '', latin1(data), key, latin1(signature))),
  hash: (name, data, encoding = 'hex') => output(host.compute('node.hash', textOf(name, 'algorithm'), latin1(data)), encoding),
  publicEncrypt,
  privateDecrypt,
  generateKeyPairSync,
  generateKeyPair: (type, options, callback) => {
    let pair;
    try {
      pair = generateKeyPairSync(type, options);
    } catch (error) {
      return host.later(callback, [error]);
    }
    return host.later(callback, [null, pair.publicKey, pair.privateKey]);
  },
  randomBytes,
  pseudoRandomBytes: randomBytes,
  rng: randomBytes,
  prng: randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  pbkdf2,
  pbkdf2Sync,
  scrypt,
  scryptSync,
  hkdf,
  hkdfSync,
  timingSafeEqual,
  getHashes: () => host.compute('node.hashes').split(','),
  getCiphers: () => [128, 192, 256].flatMap((bits) => ['cbc', 'ctr', 'ecb', 'gcm'].map((mode) => `aes-${bits}-${mode}`)),
  getCurves: () => ['prime256v1', 'secp384r1', 'secp521r1'],
  getFips: () => 0,
  createDiffieHellman: unsupported('createDiffieHellman'),
  createECDH: unsupported('createECDH'),
  diffieHellman: unsupported('diffieHellman'),
  createCipher: unsupported('createCipher'),
  createDecipher: unsupported('createDecipher'),
  privateEncrypt: unsupported('privateEncrypt'),
  publicDecrypt: unsupported('publicDecrypt'),
  getRandomValues,
  subtle,
  webcrypto: { subtle, getRandomValues, randomUUID },
};
