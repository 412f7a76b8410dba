// `url`: the package of that name, and the URL standard.
const legacy = require('../npm/url/url.js');

// What the global scope has belongs to the call that runs, so it is looked up each time.
const standard = () => (typeof globalThis.URL === 'function' ? globalThis : require('./url/whatwg.js'));

const parts = (url) => ({
  protocol: url.protocol,
  hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
  hash: url.hash,
  search: url.search,
  pathname: url.pathname,
  path: url.pathname + url.search,
  href: url.href,
  ...(url.port !== '' && { port: Number(url.port) }),
  ...((url.username !== '' || url.password !== '') && { auth: decodeURIComponent(url.username) + ':' + decodeURIComponent(url.password) }),
});

const format = (given, options) => {
  const { URL } = standard();
  if (!(given instanceof URL)) return legacy.format(given);
  const url = new URL(given.href);
  const without = (name) => options && options[name] === false;
  if (without('auth')) url.username = url.password = '';
  if (without('fragment')) url.hash = '';
  if (without('search')) url.search = '';
  return url.href;
};

const { domainToASCII, domainToUnicode } = {
  domainToASCII: (name) => require('punycode').toASCII(String(name).toLowerCase()),
  domainToUnicode: (name) => require('punycode').toUnicode(String(name).toLowerCase()),
};

module.exports = {
  ...legacy,
  format,
  get URL() {
    return standard().URL;
  },
  get URLSearchParams() {
    return standard().URLSearchParams;
  },
  domainToASCII,
  domainToUnicode,
  urlToHttpOptions: parts,
  fileURLToPath: (url) => decodeURIComponent(new (standard().URL)(String(url)).pathname),
  pathToFileURL: (path) => new (standard().URL)('file://' + encodeURI(String(path)).replace(/[?#]/g, encodeURIComponent)),
};
