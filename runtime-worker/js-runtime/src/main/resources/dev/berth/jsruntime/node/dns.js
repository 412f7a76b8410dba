// `dns`: names are resolved where connections are made, and nowhere else.
const unsupported = (name) => {
  const error = new Error(`dns.${name} is not supported: connect by name, with http or https`);
  error.code = 'ENOTSUP';
  return error;
};

const later = (name) => (...args) => {
  const callback = args.pop();
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function');
  process.nextTick(callback, unsupported(name));
};
const names = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCname', 'resolveMx', 'resolveNs', 'resolveSrv', 'resolveTxt', 'resolveSoa', 'reverse'];
const dns = { promises: {}, getServers: () => [], setServers() {}, setDefaultResultOrder() {}, NOTFOUND: 'ENOTFOUND', ADDRCONFIG: 0, V4MAPPED: 0 };
for (const name of names) {
  dns[name] = later(name);
  dns.promises[name] = async () => {
    throw unsupported(name);
  };
}
dns.Resolver = class Resolver {};
for (const name of names) dns.Resolver.prototype[name] = dns[name];
dns.promises.Resolver = dns.Resolver;
module.exports = dns;
