// `buffer`: the package of that name, with the encodings it lacks.
const buffer = require('../npm/buffer/index.js');

const { Buffer } = buffer;
const { from, isEncoding, byteLength } = Buffer;
const { toString, write } = Buffer.prototype;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const isUtf8Name = (encoding) => encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8';
// The engine's way is some ten times as fast.
const utf8 = (text) => Object.setPrototypeOf(encoder.encode(text), Buffer.prototype);

const isUrlForm = (encoding) => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
const plain = (encoding) => (isUrlForm(encoding) ? 'base64' : encoding);

Buffer.from = (value, encoding, length) =>
  typeof value === 'string' && isUtf8Name(encoding) ? utf8(value) : from(value, plain(encoding), length);
Buffer.isEncoding = (encoding) => isUrlForm(encoding) || isEncoding(encoding);
Buffer.byteLength = (value, encoding) =>
  isUrlForm(encoding) ? Buffer.from(value, encoding).length : byteLength(value, encoding);
Buffer.prototype.toString = function (encoding, start, end) {
  if (isUtf8Name(encoding) && start === undefined && end === undefined) return decoder.decode(this);
  if (!isUrlForm(encoding)) return toString.call(this, encoding, start, end);
  return toString.call(this, 'base64', start, end).replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
};
Buffer.prototype.toLocaleString = Buffer.prototype.toString;
Buffer.prototype.write = function (text, ...rest) {
  if (rest.length > 0) rest[rest.length - 1] = plain(rest[rest.length - 1]);
  return write.call(this, text, ...rest);
};
Buffer.poolSize = 8192;

// Newer names for the same methods, in lower case at the end.
for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
  if (/UInt/.test(name)) Buffer.prototype[name.replace('UInt', 'Uint')] = Buffer.prototype[name];
}

const table = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
buffer.btoa = (text) => Buffer.from(String(text), 'latin1').toString('base64');
buffer.atob = (text) => {
  const clean = String(text).replace(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '');
  if (clean.length % 4 === 1 || [...clean].some((each) => !table.includes(each))) {
    throw new Error('The string to be decoded is not correctly encoded.');
  }
  return Buffer.from(clean, 'base64').toString('latin1');
};
const TRANSCODED = { ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le', utf8: 'utf8', 'utf-8': 'utf8', ascii: 'ascii', latin1: 'latin1', binary: 'latin1' };
buffer.transcode = (source, fromEncoding, toEncoding) => {
  if (!(source instanceof Uint8Array)) {
    throw Object.assign(new TypeError('The "source" argument must be an instance of Buffer or Uint8Array.'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  const [before, after] = [fromEncoding, toEncoding].map((name) => TRANSCODED[String(name).toLowerCase()]);
  if (before === undefined || after === undefined) {
    throw Object.assign(new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]'), { code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1 });
  }
  const text = Buffer.from(source).toString(before);
  // What the other encoding does not have becomes a question mark.
  const most = after === 'ascii' ? 0x7f : after === 'latin1' ? 0xff : 0x10ffff;
  return Buffer.from(most === 0x10ffff ? text : Array.from(text, (each) => (each.codePointAt(0) > most ? '?' : each)).join(''), after);
};
buffer.constants = { MAX_LENGTH: 1 << 25, MAX_STRING_LENGTH: 1 << 25 };
buffer.kMaxLength = 1 << 25;
buffer.isUtf8 = (input) => Buffer.from(Buffer.from(input).toString()).equals(Buffer.from(input));
buffer.isAscii = (input) => Buffer.from(input).every((unit) => unit < 0x80);
module.exports = buffer;
