// `dns`: the host looks names up, under the outbound policy. What name servers know besides addresses is told
// where functions may reach everything.
const net = require('net');

const CODES = [
  'NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP', 'CONNREFUSED', 'TIMEOUT',
  'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED', 'LOADIPHLPAPI', 'ADDRGETNETWORKPARAMS', 'CANCELLED',
];

const invalid = (message) => Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
const callbackOf = (callback) => {
  if (typeof callback !== 'function') throw invalid('The "callback" argument must be of type function');
  return callback;
};
const nameOf = (name) => {
  if (typeof name !== 'string') throw invalid('The "hostname" argument must be of type string');
  return name;
};
const failure = (error, syscall, hostname) => {
  const code = host.codeOf(error);
  return Object.assign(new Error(/^E/.test(code) ? `${syscall} ${code} ${hostname}` : error.message), { code, syscall, hostname });
};
const familyOf = (address) => (net.isIPv6(address) ? 6 : 4);

// All addresses of a name.
const addresses = (name, syscall, done) => {
  if (net.isIP(name)) process.nextTick(done, null, [name]);
  else host.net('lookup', { host: name }, (error, found) => (error ? done(failure(error, syscall, name)) : done(null, found)));
};

const lookup = (hostname, options, callback) => {
  const done = callbackOf(typeof options === 'function' ? options : callback);
  const given = typeof options === 'number' ? { family: options } : typeof options === 'object' && options !== null ? options : {};
  const family = given.family === 'IPv4' ? 4 : given.family === 'IPv6' ? 6 : Number(given.family) || 0;
  if (hostname === undefined || hostname === null || hostname === '') {
    process.nextTick(() => (given.all ? done(null, []) : done(null, null, family === 6 ? 6 : 4)));
    return {};
  }
  addresses(nameOf(hostname), 'getaddrinfo', (error, found) => {
    if (error) return done(error);
    const all = found.map((address) => ({ address, family: familyOf(address) })).filter((each) => family === 0 || each.family === family);
    if (all.length === 0) return done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname }));
    return given.all ? done(null, all) : done(null, all[0].address, all[0].family);
  });
  return {};
};

const ofFamily = (family) => (hostname, options, callback) => {
  const done = callbackOf(typeof options === 'function' ? options : callback);
  const syscall = family === 4 ? 'queryA' : 'queryAaaa';
  addresses(nameOf(hostname), syscall, (error, found) => {
    if (error) return done(error);
    const all = found.filter((address) => familyOf(address) === family);
    if (all.length === 0) return done(Object.assign(new Error(`${syscall} ENODATA ${hostname}`), { code: 'ENODATA', syscall, hostname }));
    return done(null, options && options.ttl ? all.map((address) => ({ address, ttl: 0 })) : all);
  });
};

const ofType = (type) => (hostname, callback) => {
  const done = callbackOf(callback);
  const syscall = 'query' + type[0] + type.slice(1).toLowerCase();
  host.net('records', { host: nameOf(hostname), type }, (error, found) => {
    if (error) done(failure(error, syscall, hostname));
    else if (found.length === 0) done(Object.assign(new Error(`${syscall} ENODATA ${hostname}`), { code: 'ENODATA', syscall, hostname }));
    else done(null, found);
  });
};

// The name under which addresses are kept the other way round.
const reversed = (address) => {
  if (net.isIPv4(address)) return address.split('.').reverse().join('.') + '.in-addr.arpa';
  if (!net.isIPv6(address) || address.includes('.')) return undefined;
  const [left, right = ''] = address.split('::');
  const groups = (text) => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(left).length - groups(right).length;
  const all = [...groups(left), ...Array(address.includes('::') ? missing : 0).fill('0'), ...groups(right)];
  return [...all.map((group) => group.padStart(4, '0')).join('')].reverse().join('.') + '.ip6.arpa';
};
const reverse = (address, callback) => {
  const name = reversed(nameOf(address));
  if (name === undefined) throw Object.assign(new Error(`getHostByAddr EINVAL ${address}`), { code: 'EINVAL', syscall: 'getHostByAddr' });
  ofType('PTR')(name, callback);
};

const queries = {
  resolve4: ofFamily(4),
  resolve6: ofFamily(6),
  resolveMx: ofType('MX'),
  resolveTxt: ofType('TXT'),
  resolveNs: ofType('NS'),
  resolveCname: ofType('CNAME'),
  resolveSrv: ofType('SRV'),
  resolvePtr: ofType('PTR'),
  resolveSoa: ofType('SOA'),
  resolveNaptr: ofType('NAPTR'),
  resolveAny: ofType('ANY'),
  reverse,
};
const BY_TYPE = { A: 'resolve4', AAAA: 'resolve6', MX: 'resolveMx', TXT: 'resolveTxt', NS: 'resolveNs', CNAME: 'resolveCname', SRV: 'resolveSrv', PTR: 'resolvePtr', SOA: 'resolveSoa', NAPTR: 'resolveNaptr', ANY: 'resolveAny' };
queries.resolve = (hostname, type, callback) => {
  if (typeof type === 'function') return queries.resolve4(hostname, type);
  const name = Object.prototype.hasOwnProperty.call(BY_TYPE, String(type)) ? BY_TYPE[type] : undefined;
  if (name === undefined) throw Object.assign(new TypeError(`The argument 'rrtype' is invalid`), { code: 'ERR_INVALID_ARG_VALUE' });
  return queries[name](hostname, callback);
};

const lookupService = (address, port, callback) => {
  const done = callbackOf(callback);
  process.nextTick(done, Object.assign(new Error('dns.lookupService is not supported'), { code: 'ENOTSUP' }));
};

const promised = (method) => (...all) =>
  new Promise((resolve, reject) => method(...all, (error, value, family) => (error ? reject(error) : resolve(family === undefined ? value : { address: value, family }))));

class Resolver {
  cancel() {}
  getServers() {
    return [];
  }
  setServers() {}
  setLocalAddress() {}
}
Object.assign(Resolver.prototype, queries);

const dns = {
  lookup, lookupService, ...queries, Resolver, getServers: () => [], setServers() {}, setDefaultResultOrder() {}, getDefaultResultOrder: () => 'verbatim',
  EOF: 'EOF', ADDRCONFIG: 1024, V4MAPPED: 2048, ALL: 256, promises: { getServers: () => [], setServers() {}, setDefaultResultOrder() {} },
};
for (const code of CODES) dns[code] = dns.promises[code] = 'E' + code;
for (const name of Object.keys(queries)) dns.promises[name] = promised(queries[name]);
dns.promises.lookup = promised(lookup);
dns.promises.lookupService = promised(lookupService);
dns.promises.Resolver = class extends Resolver {};
Object.assign(dns.promises.Resolver.prototype, Object.fromEntries(Object.keys(queries).map((name) => [name, dns.promises[name]])));
module.exports = dns;
