// `require`: the modules of an app's packages, and those of Node.js that come with Berth.
//
// A module lives as long as its context, so it serves all invocations of that context. The host looks
// before and after each load: a context whose modules or built-ins were changed by anything but loading
// serves no other invocation (see RATIONALE.md). The host also finds and parses the files; only ids of
// files and texts cross.
(berth) => {
  'use strict';

  const { resolveModule, moduleBody, aboutToLoad, loaded, apply } = berth;
  const { parse } = JSON;
  const ErrorType = Error;
  const { TypeError, SyntaxError } = globalThis;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const slice = uncurry(String.prototype.slice);
  const indexOf = uncurry(String.prototype.indexOf);
  const lastIndexOf = uncurry(String.prototype.lastIndexOf);
  const ROOT = '/node_modules/';

  const modules = new Map();
  const resolved = new Map();
  let resolvedCount = 0;
  let depth = 0;

  const isOurs = (id) => id[0] === 'b';

  const notFound = (message, from) => {
    const error = new ErrorType(from === '' ? message : message + '\nRequire stack:\n- ' + fileName(from));
    error.code = 'MODULE_NOT_FOUND';
    return error;
  };

  const fileName = (id) => ROOT + slice(id, 2);
  const folderName = (id) => slice(fileName(id), 0, lastIndexOf(fileName(id), '/'));

  const idOf = (from, name) => {
    if (typeof name !== 'string') {
      const error = new TypeError('The "id" argument must be of type string');
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    const key = from + '\n' + name;
    const known = mapGet(resolved, key);
    if (known !== undefined) return known;
    const id = resolveModule(from, name);
    if (id[0] === '!') throw notFound(slice(id, 1), from);
    // There is no end of ways to spell a path.
    if (resolvedCount < 5000) {
      resolvedCount++;
      mapSet(resolved, key, id);
    }
    return id;
  };

  // What modules expect in the global scope and a context does not have there. They are made when a
  // module is loaded that mentions them.
  const lazily = (name, make) => ({ enumerable: true, get: () => (globalThis[name] === undefined ? make() : globalThis[name]) });
  const exportOf = (module, name) => lazily(name, () => builtin(module)[name]);
  const GIVEN = {
    process: lazily('process', () => builtin('process')),
    Buffer: exportOf('buffer', 'Buffer'),
    URL: exportOf('url', 'URL'),
    URLSearchParams: exportOf('url', 'URLSearchParams'),
    AbortController: exportOf('events', 'AbortController'),
    AbortSignal: exportOf('events', 'AbortSignal'),
    Event: exportOf('events', 'Event'),
    EventTarget: exportOf('events', 'EventTarget'),
    performance: exportOf('perf_hooks', 'performance'),
    btoa: exportOf('buffer', 'btoa'),
    atob: exportOf('buffer', 'atob'),
    crypto: lazily('crypto', () => builtin('crypto').webcrypto),
  };
  const given = Object.create(null, GIVEN);
  const givenToOurs = Object.create(null, { ...GIVEN, host: { enumerable: true, get: () => host } });

  // What our own modules may ask the host for. App code may get hold of it by patching built-ins, so
  // each of these takes whatever it is given.
  const PromiseType = Promise;
  const { packageText, compute } = berth;
  const { toLatin1, fromLatin1, toUtf8, fromUtf8 } = berth.bytes;
  const { request, watch, toWireDocument, errorCodeOf, BinaryValue } = berth;
  const { isView } = ArrayBuffer;
  const promiseThen = uncurry(Promise.prototype.then);
  const resolve = uncurry(Promise.resolve);
  const NET_ARGUMENTS = ['id', 'host', 'port', 'data', 'servername', 'ca', 'rejectUnauthorized', 'secure', 'type'];
  const NET_OPERATIONS = { __proto__: null, connect: 1, secure: 1, read: 1, write: 1, end: 1, close: 1, lookup: 1, records: 1 };
  // Bytes that are text travel as text, which costs a fraction.
  const textOr = (bytes) => {
    const text = fromUtf8(bytes);
    return indexOf(text, '\ufffd') < 0 ? text : bytes;
  };
  const isObject = (value) => typeof value === 'object' && value !== null;
  const calling = (done) => (error, answer) => {
    try {
      apply(done, undefined, [error, answer]);
    } catch (thrown) {
      berth.logUncaught('callback', thrown);
    }
  };
  const host = {
    // Runs a callback after the code that runs now.
    later(callback, values) {
      if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function');
      const call = () => {
        try {
          apply(callback, undefined, values);
        } catch (error) {
          berth.logUncaught('callback', error);
        }
      };
      promiseThen(resolve(PromiseType, undefined), call);
    },
    // One HTTP request. The body is a text or bytes; `done` gets an error, or the response.
    send(method, url, headers, body, done) {
      const values = { __proto__: null, method, url, headers, followRedirects: false };
      if (body !== undefined) values.body = body;
      const told = calling(done);
      const answered = ({ status, statusCode, headers, text, body }) =>
        told(null, { status, statusCode, headers, bytes: text === undefined ? BinaryValue.bytes(body) : toUtf8(text) });
      promiseThen(request('http.send', toWireDocument(values)), answered, (error) => told(error));
    },
    // One operation on connections or names. `done` gets an error, or the answer; bytes are a Uint8Array.
    net(operation, given, done) {
      if (typeof operation !== 'string' || NET_OPERATIONS[operation] !== 1 || !isObject(given)) {
        throw new TypeError('there is no such operation');
      }
      const values = { __proto__: null };
      for (let i = 0; i < NET_ARGUMENTS.length; i++) {
        const value = given[NET_ARGUMENTS[i]];
        if (value !== undefined) values[NET_ARGUMENTS[i]] = value;
      }
      if (isView(values.data)) values.data = textOr(values.data);
      const told = calling(done);
      const answered = (answer) => {
        if (typeof answer === 'string') told(null, toUtf8(answer));
        else told(null, isObject(answer) && BinaryValue.is(answer) ? BinaryValue.bytes(answer) : answer);
      };
      const ask = operation === 'read' ? watch : request;
      promiseThen(ask('net.' + operation, toWireDocument(values)), answered, (error) => told(error));
    },
    codeOf: (error) => errorCodeOf(error),
    urlTypes: () => berth.urlTypes(),
    fileText(path) {
      const text = typeof path === 'string' ? packageText(path) : '!';
      return text[0] === '=' ? slice(text, 1) : undefined;
    },
    toLatin1: (bytes) => (isView(bytes) ? toLatin1(bytes) : ''),
    fromLatin1: (text) => fromLatin1(typeof text === 'string' ? text : ''),
    compute(name, ...values) {
      const texts = [name, ...values];
      for (let i = 0; i < texts.length; i++) if (typeof texts[i] !== 'string') throw new TypeError('a text is needed');
      // Other computations have makers of messages of their own.
      if (slice(name, 0, 5) !== 'node.') throw new TypeError('there is no such computation');
      const answer = apply(compute, undefined, texts);
      if (answer[0] === '=') return slice(answer, 1);
      throw new ErrorType(slice(answer, 1));
    },
    isFile: (path) => host.fileText(path) !== undefined,
  };

  const run = (module, id) => {
    const body = moduleBody(id);
    if (typeof body === 'string') {
      if (body[0] === '!') throw new ErrorType(slice(body, 1));
      const text = slice(body, 1);
      try {
        module.exports = parse(text[0] === '\uFEFF' ? slice(text, 1) : text);
      } catch (error) {
        throw new SyntaxError(fileName(id) + ': ' + error.message);
      }
      return;
    }
    const main = body(isOurs(id) ? givenToOurs : given);
    const { exports } = module;
    apply(main, exports, [exports, module.require, module, module.filename, module.path]);
  };

  const newModule = (id) => {
    const require = requireFrom(id);
    return {
      id: fileName(id),
      path: folderName(id),
      exports: {},
      filename: fileName(id),
      loaded: false,
      children: [],
      paths: [],
      parent: null,
      require,
    };
  };

  // The exports of a module are looked for in its `module` each time, because it may replace them
  // while a cycle is being loaded.
  const load = (id) => {
    const known = mapGet(modules, id);
    if (known !== undefined) return known.exports;
    if (depth === 0) aboutToLoad();
    depth++;
    const module = newModule(id);
    mapSet(modules, id, module);
    try {
      run(module, id);
      module.loaded = true;
      berth.share(module);
      return module.exports;
    } catch (error) {
      mapDelete(modules, id);
      throw error;
    } finally {
      depth--;
      if (depth === 0) loaded();
    }
  };

  const requireFrom = (from) => {
    const require = function require(name) {
      return load(idOf(from, name));
    };
    require.resolve = function resolve(name) {
      const id = idOf(from, name);
      return isOurs(id) ? name : fileName(id);
    };
    require.resolve.paths = () => [];
    // Not ours: what is changed in here changes nothing.
    require.cache = { __proto__: null };
    require.extensions = { __proto__: null, '.js': () => {}, '.json': () => {} };
    require.main = undefined;
    return require;
  };

  // A module of Node.js by its name.
  const builtin = (name) => load('b:node/' + name + '.js');

  berth.builtin = builtin;
  berth.lazily('Buffer', () => builtin('buffer').Buffer);
  berth.require = requireFrom('');
  berth.isLoading = () => depth > 0;
  berth.share(berth.require);
}
