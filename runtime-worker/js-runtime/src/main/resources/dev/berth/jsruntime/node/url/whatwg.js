// `URL` and `URLSearchParams`, where the global scope has none.
const punycode = require('punycode');

const PORTS = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const isSpecial = (protocol) => Object.prototype.hasOwnProperty.call(PORTS, protocol);

const invalid = (input) => {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  return error;
};

// Escapes what a part of a URL may not hold as it is; escapes that are there stay.
const encoder = (pattern) => (text) => text.toWellFormed().replace(pattern, (part) => encodeURIComponent(part).replace(/['()*!~]/g, (unit) => '%' + unit.charCodeAt(0).toString(16).toUpperCase()));
const encodePath = encoder(/[\x00-\x20"#<>?`{}\x7f]|[^\x00-\x7f]+/g);
const encodeOpaque = encoder(/[\x00-\x1f\x7f]|[^\x00-\x7f]+/g);
const encodeQuery = encoder(/[\x00-\x20"#<>\x7f]|[^\x00-\x7f]+/g);
const encodeSpecialQuery = encoder(/[\x00-\x20"#<>'\x7f]|[^\x00-\x7f]+/g);
const encodeHash = encoder(/[\x00-\x20"<>`\x7f]|[^\x00-\x7f]+/g);
const encodeUser = encoder(/[\x00-\x20"#<>?`{}/:;=@[\\\]^|\x7f]|[^\x00-\x7f]+/g);

const number = (text) => {
  if (/^0x[0-9a-f]*$/i.test(text)) return text.length === 2 ? 0 : parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^\d+$/.test(text) ? Number(text) : NaN;
};

const ipv4 = (host) => {
  const parts = host.replace(/\.$/, '').split('.');
  if (!/^(?:\d+|0x[0-9a-f]*)$/i.test(parts[parts.length - 1])) return null;
  const numbers = parts.map(number);
  const last = numbers.pop();
  if (parts.length > 4 || numbers.some((each) => !(each <= 255)) || !(last < 256 ** (4 - numbers.length))) throw invalid(host);
  const value = numbers.reduce((sum, each, i) => sum + each * 256 ** (3 - i), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
};

const ipv6 = (text) => {
  if (!require('net').isIPv6(text) || text.includes('%')) throw invalid(text);
  const dotted = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (all, a, b, c, d) => (a * 256 + +b).toString(16) + ':' + (c * 256 + +d).toString(16));
  const [head, tail] = dotted.split('::');
  const groups = (part) => (part ? part.split(':').map((each) => parseInt(each, 16)) : []);
  const all = groups(head);
  if (tail !== undefined) {
    const rest = groups(tail);
    while (all.length + rest.length < 8) all.push(0);
    all.push(...rest);
  }
  const texts = all.map((each) => each.toString(16)).join(':');
  const zeros = (texts.match(/(?:^|:)0(?::0)+(?=:|$)/g) || []).sort((a, b) => b.length - a.length)[0];
  return zeros === undefined ? texts : texts.replace(zeros, texts.startsWith(zeros) ? ':' : ':').replace(/^:(?!:)/, '::').replace(/:$/, '::').replace(/:{2,}/, '::');
};

const hostOf = (text, special) => {
  if (text.startsWith('[')) {
    if (!text.endsWith(']')) throw invalid(text);
    return '[' + ipv6(text.slice(1, -1)) + ']';
  }
  if (!special) {
    if (/[\x00\t\n\r #/<>?@[\\\]^|]/.test(text)) throw invalid(text);
    return encodeOpaque(text);
  }
  let decoded;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw invalid(text);
  }
  const ascii = punycode.toASCII(decoded.normalize('NFKC').toLowerCase());
  if (ascii === '' || /[\x00-\x20#%/:<>?@[\\\]^`{|}\x7f]/.test(ascii)) throw invalid(text);
  return ipv4(ascii) || ascii;
};

const pathOf = (path, base) => {
  const out = [...base];
  const parts = path.split('/');
  parts.forEach((part, i) => {
    const isLast = i === parts.length - 1;
    if (/^(?:\.|%2e)$/i.test(part)) {
      if (isLast) out.push('');
    } else if (/^(?:\.|%2e){2}$/i.test(part)) {
      out.pop();
      if (isLast) out.push('');
    } else out.push(encodePath(part));
  });
  return '/' + out.join('/');
};

class Parts {
  protocol = '';
  username = '';
  password = '';
  host = null;
  port = '';
  pathname = '';
  search = '';
  hash = '';
}

const authority = (parts, text, special) => {
  const at = text.lastIndexOf('@');
  if (at >= 0) {
    const colon = text.indexOf(':');
    const end = colon >= 0 && colon < at ? colon : at;
    parts.username = encodeUser(text.slice(0, end));
    parts.password = end < at ? encodeUser(text.slice(end + 1, at)) : '';
  }
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(text.slice(at + 1)) || [undefined, ''];
  if (port !== undefined && !/^\d*$/.test(port)) throw invalid(text);
  if (host === '' && special) throw invalid(text);
  parts.host = host === '' ? '' : hostOf(host, special);
  setPort(parts, port || '');
};

const setPort = (parts, text) => {
  if (text === '') {
    parts.port = '';
    return;
  }
  const port = Number(text);
  if (port > 65535) throw invalid(text);
  parts.port = PORTS[parts.protocol] === '' + port ? '' : '' + port;
};

const tail = (parts, text, special) => {
  const hash = text.indexOf('#');
  const plain = hash < 0 ? text : text.slice(0, hash);
  parts.hash = hash < 0 ? '' : encodeHash(text.slice(hash));
  const query = plain.indexOf('?');
  if (query >= 0) parts.search = (special ? encodeSpecialQuery : encodeQuery)(plain.slice(query));
  return query < 0 ? plain : plain.slice(0, query);
};

const parse = (input, base) => {
  const text = input.replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, '').replace(/[\t\n\r]/g, '');
  const parts = new Parts();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  let rest = text;
  if (scheme !== null) {
    parts.protocol = scheme[1].toLowerCase() + ':';
    rest = text.slice(scheme[0].length);
  } else if (base === undefined) throw invalid(input);
  else parts.protocol = base.protocol;
  const special = isSpecial(parts.protocol);
  const isRelative = scheme === null || (special && base !== undefined && base.protocol === parts.protocol && !/^[/\\]/.test(rest));
  const cut = rest.search(/[?#]/);
  if (special) rest = cut < 0 ? rest.replace(/\\/g, '/') : rest.slice(0, cut).replace(/\\/g, '/') + rest.slice(cut);
  if (isRelative && base !== undefined && !rest.startsWith('//')) {
    if (base.host === null && !rest.startsWith('#')) throw invalid(input);
    Object.assign(parts, { username: base.username, password: base.password, host: base.host, port: base.port });
    const path = tail(parts, rest, special);
    if (path === '') {
      parts.pathname = base.pathname;
      if (!/\?/.test(rest.split('#')[0])) parts.search = base.search;
    } else if (path.startsWith('/')) parts.pathname = pathOf(path.slice(1), []);
    else parts.pathname = pathOf(path, base.pathname.split('/').slice(1, -1));
    return parts;
  }
  if (special && parts.protocol !== 'file:') rest = '//' + rest.replace(/^\/*/, '');
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/);
    authority(parts, end < 0 ? rest.slice(2) : rest.slice(2, end + 2), special && parts.protocol !== 'file:');
    const path = tail(parts, end < 0 ? '' : rest.slice(end + 2), special);
    parts.pathname = path === '' && !special ? '' : pathOf(path.replace(/^\//, ''), []);
    return parts;
  }
  const path = tail(parts, rest, special);
  if (parts.protocol === 'file:') parts.host = '';
  parts.pathname = parts.protocol === 'file:' || path.startsWith('/') ? pathOf(path.replace(/^\//, ''), []) : encodeOpaque(path);
  return parts;
};

const formEncode = (text) => encodeURIComponent(String(text).toWellFormed()).replace(/%20/g, '+').replace(/[!'()~]/g, (unit) => '%' + unit.charCodeAt(0).toString(16).toUpperCase());
const formDecode = (text) => {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return require('querystring').unescape(spaced);
  }
};

class URLSearchParams {
  #pairs = [];
  #changed = undefined;

  constructor(init = '') {
    if (typeof init === 'object' && init !== null) {
      const entries = typeof init[Symbol.iterator] === 'function' ? [...init] : Object.keys(init).map((key) => [key, init[key]]);
      for (const entry of entries) {
        const [name, value, ...more] = [...entry];
        if (value === undefined || more.length > 0) throw new TypeError('Each query pair must be an iterable [name, value] tuple');
        this.#pairs.push([String(name).toWellFormed(), String(value).toWellFormed()]);
      }
    } else this.#read(String(init));
  }

  #read(text) {
    this.#pairs = [];
    for (const pair of text.replace(/^\?/, '').split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      this.#pairs.push(at < 0 ? [formDecode(pair), ''] : [formDecode(pair.slice(0, at)), formDecode(pair.slice(at + 1))]);
    }
  }

  static bind(params, text, changed) {
    params.#read(text);
    params.#changed = changed;
  }

  #tell() {
    if (this.#changed !== undefined) this.#changed(this.toString());
  }

  get size() {
    return this.#pairs.length;
  }
  append(name, value) {
    this.#pairs.push([String(name), String(value)]);
    this.#tell();
  }
  delete(name, value) {
    this.#pairs = this.#pairs.filter((pair) => pair[0] !== String(name) || (value !== undefined && pair[1] !== String(value)));
    this.#tell();
  }
  get(name) {
    const found = this.#pairs.find((pair) => pair[0] === String(name));
    return found === undefined ? null : found[1];
  }
  getAll(name) {
    return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
  }
  has(name, value) {
    return this.#pairs.some((pair) => pair[0] === String(name) && (value === undefined || pair[1] === String(value)));
  }
  set(name, value) {
    const at = this.#pairs.findIndex((pair) => pair[0] === String(name));
    if (at < 0) return this.append(name, value);
    this.#pairs[at][1] = String(value);
    this.#pairs = this.#pairs.filter((pair, i) => i <= at || pair[0] !== String(name));
    return this.#tell();
  }
  sort() {
    this.#pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#tell();
  }
  forEach(callback, receiver) {
    for (const [name, value] of this.#pairs) callback.call(receiver, value, name, this);
  }
  *entries() {
    for (const [name, value] of this.#pairs) yield [name, value];
  }
  *keys() {
    for (const [name] of this.#pairs) yield name;
  }
  *values() {
    for (const [, value] of this.#pairs) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#pairs.map(([name, value]) => formEncode(name) + '=' + formEncode(value)).join('&');
  }
  get [Symbol.toStringTag]() {
    return 'URLSearchParams';
  }
}
const { bind } = URLSearchParams;
delete URLSearchParams.bind;

class URL {
  #parts;
  #params = undefined;

  constructor(input, base) {
    this.#parts = parse(String(input), base === undefined ? undefined : parse(String(base)));
  }

  static canParse(input, base) {
    return URL.parse(input, base) !== null;
  }
  static parse(input, base) {
    try {
      return new URL(input, base);
    } catch {
      return null;
    }
  }

  #try(change) {
    const before = { ...this.#parts };
    try {
      change(this.#parts);
    } catch {
      Object.assign(this.#parts, before);
    }
  }

  get href() {
    const { protocol, username, password, host, pathname, search, hash } = this.#parts;
    const login = username === '' && password === '' ? '' : username + (password === '' ? '' : ':' + password) + '@';
    const where = host === null ? (pathname.startsWith('//') ? '/.' : '') : '//' + login + this.host;
    return protocol + where + pathname + (search === '?' ? '' : search) + (hash === '#' ? '' : hash);
  }
  set href(value) {
    this.#parts = parse(String(value));
    if (this.#params !== undefined) this.#watch();
  }
  get origin() {
    const { protocol } = this.#parts;
    return isSpecial(protocol) && protocol !== 'file:' ? protocol + '//' + this.host : 'null';
  }
  get protocol() {
    return this.#parts.protocol;
  }
  set protocol(value) {
    const found = /^([A-Za-z][A-Za-z0-9+.-]*)/.exec(String(value));
    if (found === null || isSpecial(found[1].toLowerCase() + ':') !== isSpecial(this.#parts.protocol)) return;
    this.#parts.protocol = found[1].toLowerCase() + ':';
    setPort(this.#parts, this.#parts.port);
  }
  get username() {
    return this.#parts.username;
  }
  set username(value) {
    if (this.#parts.host) this.#parts.username = encodeUser(String(value));
  }
  get password() {
    return this.#parts.password;
  }
  set password(value) {
    if (this.#parts.host) this.#parts.password = encodeUser(String(value));
  }
  get host() {
    const { host, port } = this.#parts;
    return host === null ? '' : host + (port === '' ? '' : ':' + port);
  }
  set host(value) {
    this.#try((parts) => {
      const [, name, port] = /^(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?/.exec(String(value));
      parts.host = hostOf(name, isSpecial(parts.protocol));
      if (port !== undefined) setPort(parts, port);
    });
  }
  get hostname() {
    return this.#parts.host === null ? '' : this.#parts.host;
  }
  set hostname(value) {
    this.#try((parts) => {
      parts.host = hostOf(String(value), isSpecial(parts.protocol));
    });
  }
  get port() {
    return this.#parts.port;
  }
  set port(value) {
    this.#try((parts) => setPort(parts, /^\d*/.exec(String(value))[0]));
  }
  get pathname() {
    return this.#parts.pathname;
  }
  set pathname(value) {
    if (this.#parts.host !== null) this.#parts.pathname = pathOf(String(value).replace(/^[/\\]/, '').replace(/\?/g, '%3F'), []);
  }
  get search() {
    return this.#parts.search === '?' ? '' : this.#parts.search;
  }
  set search(value) {
    const text = String(value);
    this.#parts.search = text === '' ? '' : encodeSpecialQuery('?' + text.replace(/^\?/, '').replace(/#/g, '%23'));
    if (this.#params !== undefined) this.#watch();
  }
  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams();
      this.#watch();
    }
    return this.#params;
  }
  #watch() {
    bind(this.#params, this.#parts.search, (text) => {
      this.#parts.search = text === '' ? '' : '?' + text;
    });
  }
  get hash() {
    return this.#parts.hash === '#' ? '' : this.#parts.hash;
  }
  set hash(value) {
    const text = String(value);
    this.#parts.hash = text === '' ? '' : encodeHash('#' + text.replace(/^#/, ''));
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  get [Symbol.toStringTag]() {
    return 'URL';
  }
}

// As in browsers and Node.js, the parts can be listed.
for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash', 'toString', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}

module.exports = { URL, URLSearchParams };
