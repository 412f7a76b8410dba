// Bytes and text: hexadecimal, base64 and UTF-8, for the BSON types.
//
// Each prelude file is one arrow function that gets `berth`, the private object of the prelude, and
// adds to it what later files use. App code never sees `berth`. What a file takes from built-in
// objects it takes here, at the start, because app code may replace it later.
(berth) => {
  'use strict';

  const HEX = '0123456789abcdef';
  const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const CHUNK = 0x2000;

  const Bytes = Uint8Array;
  const fromCharCode = String.fromCharCode;
  const encoder = new TextEncoder();
  // A byte order mark stays: text and bytes stand for each other exactly.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const encode = encoder.encode.bind(encoder);
  const decode = decoder.decode.bind(decoder);
  const push = Function.prototype.call.bind(Array.prototype.push);
  const join = Function.prototype.call.bind(Array.prototype.join);

  const hexPairs = [];
  for (let i = 0; i < 256; i++) hexPairs[i] = HEX[i >> 4] + HEX[i & 15];

  const sextets = { __proto__: null };
  for (let i = 0; i < 64; i++) sextets[BASE64[i]] = i;

  // Makes text of many small pieces without one rope per piece.
  const collector = () => {
    const chunks = [];
    let chunk = '';
    return {
      add(piece) {
        chunk += piece;
        if (chunk.length > CHUNK) {
          push(chunks, chunk);
          chunk = '';
        }
      },
      text() {
        push(chunks, chunk);
        return join(chunks, '');
      },
    };
  };

  const toHex = (bytes) => {
    const out = collector();
    for (let i = 0; i < bytes.length; i++) out.add(hexPairs[bytes[i]]);
    return out.text();
  };

  const NOT_HEX = 'not hexadecimal text: two digits for each byte';

  const hexDigit = (code) => {
    if (code >= 48 && code <= 57) return code - 48;
    if (code >= 97 && code <= 102) return code - 87;
    if (code >= 65 && code <= 70) return code - 55;
    throw new TypeError(NOT_HEX);
  };

  const fromHex = (text) => {
    if (typeof text !== 'string' || text.length % 2 !== 0) throw new TypeError(NOT_HEX);
    const bytes = new Bytes(text.length / 2);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = hexDigit(berth.charCodeAt(text, 2 * i)) * 16 + hexDigit(berth.charCodeAt(text, 2 * i + 1));
    }
    return bytes;
  };

  const toBase64 = (bytes) => {
    const out = collector();
    const whole = bytes.length - (bytes.length % 3);
    for (let i = 0; i < whole; i += 3) {
      const n = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
      out.add(BASE64[n >> 18] + BASE64[(n >> 12) & 63] + BASE64[(n >> 6) & 63] + BASE64[n & 63]);
    }
    if (bytes.length - whole === 1) {
      const n = bytes[whole];
      out.add(BASE64[n >> 2] + BASE64[(n & 3) << 4] + '==');
    } else if (bytes.length - whole === 2) {
      const n = (bytes[whole] << 8) | bytes[whole + 1];
      out.add(BASE64[n >> 10] + BASE64[(n >> 4) & 63] + BASE64[(n & 15) << 2] + '=');
    }
    return out.text();
  };

  // Padding is mandatory, as in the original.
  const fromBase64 = (text) => {
    if (typeof text !== 'string' || text.length % 4 !== 0) {
      throw new TypeError('not base64 text: its length must be a multiple of 4, padding included');
    }
    let padding = 0;
    if (text.length > 0 && text[text.length - 1] === '=') padding = text[text.length - 2] === '=' ? 2 : 1;
    const bytes = new Bytes((text.length / 4) * 3 - padding);
    let at = 0;
    for (let i = 0; i < text.length; i += 4) {
      let n = 0;
      for (let j = 0; j < 4; j++) {
        const isPadding = i + j >= text.length - padding;
        const sextet = isPadding ? 0 : sextets[text[i + j]];
        if (sextet === undefined) throw new TypeError('not base64 text');
        n = (n << 6) | sextet;
      }
      if (at < bytes.length) bytes[at++] = n >> 16;
      if (at < bytes.length) bytes[at++] = (n >> 8) & 255;
      if (at < bytes.length) bytes[at++] = n & 255;
    }
    return bytes;
  };

  // One character per byte: how bytes travel between the host and a context.
  const toLatin1 = (bytes) => {
    const chunks = [];
    for (let i = 0; i < bytes.length; i += CHUNK) {
      push(chunks, berth.apply(fromCharCode, null, berth.subarray(bytes, i, i + CHUNK)));
    }
    return join(chunks, '');
  };

  const fromLatin1 = (text) => {
    const bytes = new Bytes(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = berth.charCodeAt(text, i);
    return bytes;
  };

  berth.charCodeAt = Function.prototype.call.bind(String.prototype.charCodeAt);
  berth.apply = Reflect.apply;
  berth.subarray = Function.prototype.call.bind(Uint8Array.prototype.subarray);
  berth.push = push;
  berth.bytes = {
    toHex,
    fromHex,
    toBase64,
    fromBase64,
    toLatin1,
    fromLatin1,
    toUtf8: (text) => encode(text),
    fromUtf8: (bytes) => decode(bytes),
  };
}
