// `querystring`
const hex = [];
for (let i = 0; i < 256; i++) hex[i] = '%' + (i < 16 ? '0' : '') + i.toString(16).toUpperCase();

const escape = (text) => {
  const given = typeof text === 'object' ? String(text) : '' + text;
  return encodeURIComponent(given.toWellFormed());
};

const unescapeBuffer = (text) => {
  const { Buffer } = require('buffer');
  const out = [];
  for (let i = 0; i < text.length; i++) {
    const pair = text.slice(i + 1, i + 3);
    if (text[i] === '%' && /^[0-9a-fA-F]{2}$/.test(pair)) {
      out.push(parseInt(pair, 16));
      i += 2;
    } else out.push(text.charCodeAt(i) & 255);
  }
  return Buffer.from(out);
};

const unescape = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
};

const asText = (value) =>
  typeof value === 'string'
    ? value
    : (typeof value === 'number' && isFinite(value)) || typeof value === 'bigint' || typeof value === 'boolean'
      ? '' + value
      : '';

const stringify = (object, separator, equals, options) => {
  if (object === null || typeof object !== 'object') return '';
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
  const pairs = [];
  for (const key of Object.keys(object)) {
    const name = encode(asText(key)) + (equals || '=');
    const values = Array.isArray(object[key]) ? object[key] : [object[key]];
    for (const value of values) pairs.push(name + encode(asText(value)));
  }
  return pairs.join(separator || '&');
};

const parse = (text, separator, equals, options) => {
  const out = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return out;
  const decode = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
  const most = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  const sign = equals || '=';
  const read = (part) => {
    const spaced = part.replace(/\+/g, ' ');
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  let pairs = text.split(separator || '&');
  if (most > 0) pairs = pairs.slice(0, most);
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(sign);
    const name = read(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : read(pair.slice(at + sign.length));
    if (!(name in out)) out[name] = value;
    else if (Array.isArray(out[name])) out[name].push(value);
    else out[name] = [out[name], value];
  }
  return out;
};

const querystring = { parse, stringify, escape, unescape, unescapeBuffer, decode: parse, encode: stringify };
module.exports = querystring;
