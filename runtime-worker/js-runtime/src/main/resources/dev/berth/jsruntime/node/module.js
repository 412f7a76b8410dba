const names = [
  'assert', 'buffer', 'crypto', 'dns', 'events', 'fs', 'http', 'http2', 'https', 'net', 'os', 'path', 'process', 'punycode',
  'querystring', 'stream', 'string_decoder', 'timers', 'tls', 'tty', 'url', 'util', 'zlib',
];

function Module() {}
Module.builtinModules = names;
Module.isBuiltin = (name) => names.includes(String(name).replace(/^node:/, ''));
Module.createRequire = () => {
  throw new Error('module.createRequire is not supported');
};
Module.Module = Module;
module.exports = Module;
