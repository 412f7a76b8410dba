// `utils.crypto` and `utils.jwt`: the JVM computes, and what it takes is looked at here. Bytes cross
// as Latin-1 text; content is text after a `t` or bytes after a `b`.
(berth) => {
  'use strict';

  const { computed, BinaryValue, make, lazily } = berth;
  const { toLatin1, fromLatin1, toHex, toBase64, fromBase64, toUtf8, fromUtf8 } = berth.bytes;
  const { stringify, parse } = JSON;
  const { isView } = ArrayBuffer;
  const { isArray } = Array;
  const { keys } = Object;
  const BufferType = ArrayBuffer;
  const Bytes = Uint8Array;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const wellFormed = uncurry(String.prototype.toWellFormed);
  const replaceAll = uncurry(String.prototype.replaceAll);
  const indexOf = uncurry(String.prototype.indexOf);
  const slice = uncurry(String.prototype.slice);

  const textOf = (value, what, name) => {
    if (typeof value !== 'string') throw new TypeError(`${what}: the ${name} must be a string`);
    return wellFormed(value);
  };

  const bytesOf = (value) => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (BinaryValue.is(value)) return BinaryValue.bytes(value);
    if (isView(value)) return new Bytes(value.buffer, value.byteOffset, value.byteLength);
    return value instanceof BufferType ? new Bytes(value) : undefined;
  };

  const binaryOf = (value, what, name) => {
    const bytes = bytesOf(value);
    if (bytes === undefined) throw new TypeError(`${what}: the ${name} must be a BSON.Binary`);
    return toLatin1(bytes);
  };

  const contentOf = (value, what, name) => {
    if (typeof value === 'string') return 't' + wellFormed(value);
    const bytes = bytesOf(value);
    if (bytes === undefined) throw new TypeError(`${what}: the ${name} must be a string or a BSON.Binary`);
    return 'b' + toLatin1(bytes);
  };

  const binary = (latin1) => make.binaryFromLatin1(latin1);

  const onlyType = (type, wanted, what) => {
    if (type !== wanted) throw new Error(`${what}: the encryption type must be "${wanted}"`);
  };

  const crypto = () => ({
    encrypt(encryptionType, message, key) {
      const what = 'utils.crypto.encrypt';
      onlyType(encryptionType, 'aes', what);
      return binary(computed(what, 'crypto.encrypt', textOf(key, what, 'key'), contentOf(message, what, 'message')));
    },
    decrypt(encryptionType, encryptedMessage, key) {
      const what = 'utils.crypto.decrypt';
      onlyType(encryptionType, 'aes', what);
      const bytes = binaryOf(encryptedMessage, what, 'encrypted message');
      return binary(computed(what, 'crypto.decrypt', textOf(key, what, 'key'), bytes));
    },
    sign(encryptionType, message, privateKey, signatureScheme = 'pss') {
      const what = 'utils.crypto.sign';
      onlyType(encryptionType, 'rsa', what);
      const scheme = textOf(signatureScheme, what, 'signature scheme');
      const content = contentOf(message, what, 'message');
      return binary(computed(what, 'crypto.sign', scheme, textOf(privateKey, what, 'private key'), content));
    },
    verify(encryptionType, message, publicKey, signature, signatureScheme = 'pss') {
      const what = 'utils.crypto.verify';
      onlyType(encryptionType, 'rsa', what);
      const scheme = textOf(signatureScheme, what, 'signature scheme');
      const content = contentOf(message, what, 'message');
      const key = textOf(publicKey, what, 'public key');
      return computed(what, 'crypto.verify', scheme, key, content, binaryOf(signature, what, 'signature')) === 'true';
    },
    hmac(input, secret, hashFunction, outputFormat) {
      const what = 'utils.crypto.hmac';
      if (outputFormat !== 'hex' && outputFormat !== 'base64') {
        throw new Error(`${what}: the output format must be "hex" or "base64"`);
      }
      const hash = textOf(hashFunction, what, 'hash function');
      const content = contentOf(input, what, 'input');
      const bytes = fromLatin1(computed(what, 'crypto.hmac', hash, textOf(secret, what, 'secret'), content));
      return outputFormat === 'hex' ? toHex(bytes) : toBase64(bytes);
    },
    hash(hashFunction, input) {
      const what = 'utils.crypto.hash';
      const hash = textOf(hashFunction, what, 'hash function');
      return binary(computed(what, 'crypto.hash', hash, contentOf(input, what, 'input')));
    },
  });

  // ---- JSON Web Tokens

  const toBase64Url = (bytes) => replaceAll(replaceAll(replaceAll(toBase64(bytes), '+', '-'), '/', '_'), '=', '');

  const fromBase64Url = (text) => {
    const base64 = replaceAll(replaceAll(text, '-', '+'), '_', '/');
    return fromBase64(base64 + slice('===', (base64.length + 3) % 4));
  };

  const objectOf = (value, what, name) => {
    if (typeof value !== 'object' || value === null || isArray(value)) {
      throw new TypeError(`${what}: the ${name} must be an object`);
    }
    return value;
  };

  const NO_TOKEN = 'the text is no JSON Web Token';

  const partOf = (text) => objectOf(parse(fromUtf8(fromBase64Url(text))), '', '');

  const partsOf = (token, what) => {
    const first = indexOf(token, '.');
    const second = indexOf(token, '.', first + 1);
    if (first < 0 || second < 0) throw new Error(`${what}: ${NO_TOKEN}`);
    const signed = slice(token, 0, second);
    try {
      const header = partOf(slice(token, 0, first));
      const signature = toLatin1(fromBase64Url(slice(token, second + 1)));
      return { header, signed, signature, payload: () => partOf(slice(token, first + 1, second)) };
    } catch {
      throw new Error(`${what}: ${NO_TOKEN}`);
    }
  };

  const isAccepted = (methods, method, what) => {
    if (methods === undefined || methods === null) return true;
    if (!isArray(methods)) throw new TypeError(`${what}: the accepted signing methods must be an array of strings`);
    for (let i = 0; i < methods.length; i++) if (methods[i] === method) return true;
    return false;
  };

  const jwt = () => ({
    encode(signingMethod, payload, secret, customHeaderFields) {
      const what = 'utils.jwt.encode';
      const method = textOf(signingMethod, what, 'signing method');
      const key = textOf(secret, what, 'secret');
      const header = { alg: method, typ: 'JWT' };
      if (customHeaderFields !== undefined && customHeaderFields !== null) {
        const fields = objectOf(customHeaderFields, what, 'custom header fields');
        const names = keys(fields);
        // What says how a token is signed is the method, and nothing else.
        for (let i = 0; i < names.length; i++) if (names[i] !== 'alg') berth.define(header, names[i], fields[names[i]]);
      }
      const claims = stringify(objectOf(payload, what, 'payload'));
      if (typeof claims !== 'string') throw new TypeError(`${what}: the payload must be an object`);
      const signed = toBase64Url(toUtf8(stringify(header))) + '.' + toBase64Url(toUtf8(claims));
      return signed + '.' + toBase64Url(fromLatin1(computed(what, 'jwt.sign', method, key, 't' + signed)));
    },
    decode(jwtString, key, returnHeader, acceptedSigningMethods) {
      const what = 'utils.jwt.decode';
      const token = textOf(jwtString, what, 'token');
      const secret = textOf(key, what, 'key');
      const { header, signed, signature, payload } = partsOf(token, what);
      const method = header.alg;
      if (typeof method !== 'string' || !isAccepted(acceptedSigningMethods, method, what)) {
        throw new Error(`${what}: the signing method of the token is not an accepted one`);
      }
      if (computed(what, 'jwt.verify', method, secret, 't' + signed, signature) !== 'true') {
        throw new Error(`${what}: the signature of the token is not valid`);
      }
      let claims;
      try {
        claims = payload();
      } catch {
        throw new Error(`${what}: the payload of the token is no JSON object`);
      }
      return returnHeader === true ? { header, payload: claims } : claims;
    },
  });

  lazily('utils', () => ({ crypto: crypto(), jwt: jwt() }));
}
