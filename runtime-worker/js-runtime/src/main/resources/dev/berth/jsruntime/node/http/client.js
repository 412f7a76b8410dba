// The clients of `http` and `https`, over the host's HTTP service: one request and one response, each whole.
const EventEmitter = require('events');
const { Readable, Writable } = require('stream');
const url = require('url');

const MAX_TIMER = 0x7fffffff;

const failure = (error) => {
  const { message } = error;
  if (/is not known$/.test(message)) return Object.assign(error, { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo' });
  if (/cannot connect/.test(message)) return Object.assign(error, { code: 'ECONNREFUSED', errno: -111, syscall: 'connect' });
  if (/was closed/.test(message)) return Object.assign(error, { code: 'ECONNRESET', errno: -104, syscall: 'read' });
  if (error.code === undefined) error.code = host.codeOf(error);
  return error;
};

const hangUp = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

const invalid = (code, message) => Object.assign(new TypeError(message), { code });
const validateHeaderName = (name) => {
  if (typeof name !== 'string' || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw invalid('ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${String(name)}"]`);
  }
};
const validateHeaderValue = (name, value) => {
  if (value === undefined) throw invalid('ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(String(value))) {
    throw invalid('ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
};

// There is no socket that could be shown; programs only set options on it.
class NoSocket extends EventEmitter {
  constructor(encrypted) {
    super();
    Object.assign(this, { encrypted, authorized: encrypted, connecting: false, destroyed: false, readable: true, writable: true, remoteAddress: undefined });
    this.setMaxListeners(0);
  }
  setKeepAlive() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setTimeout() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  cork() {}
  uncork() {}
  getPeerCertificate() {
    return {};
  }
  isSessionReused() {
    return false;
  }
  destroy() {
    this.destroyed = true;
    return this;
  }
  end() {
    return this;
  }
}

class IncomingMessage extends Readable {
  constructor(socket, answer, request) {
    super({ autoDestroy: true, highWaterMark: 65536 });
    Object.assign(this, {
      socket, connection: socket, req: request, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, complete: false,
      aborted: false, url: '', method: null, trailers: {}, rawTrailers: [], rawHeaders: [], headers: {}, headersDistinct: {},
    });
    if (answer === undefined) return;
    this.statusCode = answer.statusCode;
    this.statusMessage = answer.status.replace(/^\d+ ?/, '');
    for (const name of Object.keys(answer.headers)) {
      const lower = name.toLowerCase();
      for (const value of answer.headers[name]) this.rawHeaders.push(name, value);
      this.headersDistinct[lower] = [...answer.headers[name]];
      this.headers[lower] = lower === 'set-cookie' ? [...answer.headers[name]] : answer.headers[name].join(lower === 'cookie' ? '; ' : ', ');
    }
    this._bytes = answer.bytes;
    this._at = 0;
  }
  _read(size) {
    const bytes = this._bytes;
    if (bytes === undefined) return;
    let more = true;
    while (more && this._at < bytes.length) {
      const end = Math.min(bytes.length, this._at + Math.max(size, 65536));
      const part = Buffer.from(bytes.buffer, bytes.byteOffset + this._at, end - this._at);
      this._at = end;
      more = this.push(part);
    }
    if (more) {
      this._bytes = undefined;
      this.complete = true;
      this.push(null);
    }
  }
  setTimeout() {
    return this;
  }
}

const given = (protocol, input, options, callback) => {
  let all = {};
  let rest = [options, callback];
  if (typeof input === 'string') all = url.urlToHttpOptions(new url.URL(input));
  else if (input && typeof input.href === 'string' && input.searchParams) all = url.urlToHttpOptions(new url.URL(input.href));
  else rest = [input, options];
  if (typeof rest[0] === 'function') rest = [undefined, rest[0]];
  return [{ protocol, ...all, ...(rest[0] || {}) }, rest[1]];
};

class ClientRequest extends Writable {
  #names = new Map();
  #texts = [];
  #sent = false;
  #timer = undefined;
  #over = false;

  constructor(protocol, options, callback) {
    super({ autoDestroy: false, decodeStrings: false, emitClose: false });
    const wanted = options.protocol || protocol;
    if (wanted !== protocol) throw invalid('ERR_INVALID_PROTOCOL', `Protocol "${wanted}" not supported. Expected "${protocol}"`);
    if (options.socketPath) throw invalid('ERR_INVALID_ARG_VALUE', 'sockets of the machine cannot be reached');
    const path = options.path === undefined || options.path === null || options.path === '' ? '/' : String(options.path);
    if (/[\x00-\x20]/.test(path)) throw invalid('ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    const secure = protocol === 'https:';
    const port = options.port || options.defaultPort || (secure ? 443 : 80);
    const name = options.hostname || options.host || 'localhost';
    Object.assign(this, {
      method: String(options.method || 'GET').toUpperCase(), path: /^[/?*]/.test(path) ? path : '/' + path, protocol, host: name, aborted: false,
      reusedSocket: false, res: null, maxHeadersCount: null, agent: options.agent, finishedSending: false, timeout: options.timeout,
      shouldKeepAlive: false, chunkedEncoding: false, useChunkedEncodingByDefault: true, sendDate: false, headersSent: false,
    });
    const bare = String(name).includes(':') && !String(name).startsWith('[') ? `[${name}]` : name;
    this._url = `${protocol}//${bare}${Number(port) === (secure ? 443 : 80) ? '' : ':' + port}${this.path}`;
    const headers = options.headers || {};
    if (Array.isArray(headers)) {
      const pairs = Array.isArray(headers[0]) ? headers : headers.flatMap((each, i) => (i % 2 === 0 ? [[each, headers[i + 1]]] : []));
      for (const [key, value] of pairs) this.setHeader(key, value);
    } else for (const key of Object.keys(headers)) if (headers[key] !== undefined) this.setHeader(key, headers[key]);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', 'Basic ' + Buffer.from(String(options.auth)).toString('base64'));
    if (!this.hasHeader('host')) this.setHeader('Host', this._url.slice(protocol.length + 2).split(/[/?]/)[0]);
    if (callback) this.once('response', callback);
    const socket = new NoSocket(secure);
    this.socket = this.connection = socket;
    process.nextTick(() => {
      if (!this.#over) this.emit('socket', socket);
    });
    if (options.timeout) this.setTimeout(options.timeout);
    const { signal } = options;
    if (signal) {
      const abort = () => this.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR', cause: signal.reason }));
      if (signal.aborted) process.nextTick(abort);
      else signal.addEventListener('abort', abort, { once: true });
    }
  }

  // ---- headers

  setHeader(name, value) {
    validateHeaderName(name);
    for (const each of Array.isArray(value) ? value : [value]) validateHeaderValue(name, each);
    this.#names.set(name.toLowerCase(), [name, value]);
    return this;
  }
  appendHeader(name, value) {
    const before = this.getHeader(name);
    return this.setHeader(name, before === undefined ? value : [].concat(before, value));
  }
  getHeader(name) {
    const found = this.#names.get(String(name).toLowerCase());
    return found === undefined ? undefined : found[1];
  }
  hasHeader(name) {
    return this.#names.has(String(name).toLowerCase());
  }
  removeHeader(name) {
    this.#names.delete(String(name).toLowerCase());
  }
  getHeaders() {
    return Object.fromEntries([...this.#names].map(([lower, [, value]]) => [lower, value]));
  }
  getHeaderNames() {
    return [...this.#names.keys()];
  }
  getRawHeaderNames() {
    return [...this.#names.values()].map(([name]) => name);
  }
  flushHeaders() {}

  // ---- the body

  _write(chunk, encoding, callback) {
    this.#texts.push(typeof chunk === 'string' ? (encoding === 'utf8' || encoding === 'utf-8' ? chunk : Buffer.from(chunk, encoding)) : Buffer.from(chunk));
    callback();
  }
  _final(callback) {
    callback();
    this.#send();
  }
  end(...args) {
    super.end(...args);
    return this;
  }

  #send() {
    if (this.#sent || this.#over) return;
    this.#sent = true;
    this.headersSent = true;
    const headers = {};
    for (const [name, value] of this.#names.values()) headers[name] = (Array.isArray(value) ? value : [value]).map(String);
    const all = this.#texts;
    const body = all.length === 0 ? undefined : all.every((each) => typeof each === 'string') ? all.join('') : Buffer.concat(all.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)));
    this.#texts = [];
    host.send(this.method.toLowerCase(), this._url, headers, body, (error, answer) => {
      if (this.#over) return;
      this.#stopTimer();
      if (error) {
        this.#end(failure(error));
        return;
      }
      this.#over = true;
      const response = new IncomingMessage(this.socket, answer, this);
      this.res = response;
      response.once('close', () => this.emit('close'));
      if (!this.emit('response', response)) response.resume();
    });
  }

  // ---- the end

  #stopTimer() {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  #end(error) {
    this.#over = true;
    this.#stopTimer();
    this.destroyed = true;
    if (error) this.emit('error', error);
    this.emit('close');
  }
  setTimeout(millis, callback) {
    if (callback) this.once('timeout', callback);
    this.#stopTimer();
    this.timeout = millis;
    if (millis > 0 && !this.#over) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (!this.#over) this.emit('timeout');
      }, Math.min(millis, MAX_TIMER));
    }
    return this;
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
  onSocket() {}
  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  }
  destroy(error) {
    if (this.res !== null && this.res !== undefined) {
      this.res.aborted = !this.res.complete;
      this.res.destroy(error);
      return this;
    }
    if (!this.#over) {
      this.#over = true;
      this.#stopTimer();
      process.nextTick(() => this.#end(error || hangUp()));
    }
    return this;
  }
}

class Agent extends EventEmitter {
  constructor(options) {
    super();
    this.options = { ...options };
    this.requests = {};
    this.sockets = {};
    this.freeSockets = {};
    this.keepAlive = Boolean(options && options.keepAlive);
    this.maxSockets = Infinity;
    this.maxFreeSockets = 256;
  }
  destroy() {}
  getName() {
    return '';
  }
}

const noServer = () => {
  throw Object.assign(new Error('functions cannot listen: use an HTTPS endpoint of the app'), { code: 'ENOTSUP' });
};

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted',
  203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect',
  308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict',
  410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long',
  415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request',
  422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required',
  428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported', 507: 'Insufficient Storage', 511: 'Network Authentication Required',
};

// The module of one protocol.
module.exports = (protocol) => {
  class Request extends ClientRequest {
    constructor(input, options, callback) {
      super(protocol, ...given(protocol, input, options, callback));
    }
  }
  Object.defineProperty(Request, 'name', { value: 'ClientRequest' });
  class OwnAgent extends Agent {
    protocol = protocol;
    defaultPort = protocol === 'https:' ? 443 : 80;
  }
  Object.defineProperty(OwnAgent, 'name', { value: 'Agent' });
  const request = (input, options, callback) => new Request(input, options, callback);
  return {
    request,
    get(input, options, callback) {
      const made = request(input, options, callback);
      made.end();
      return made;
    },
    Agent: OwnAgent,
    globalAgent: new OwnAgent(),
    ClientRequest: Request,
    OutgoingMessage: ClientRequest,
    IncomingMessage,
    Server: noServer,
    ServerResponse: class ServerResponse {},
    createServer: noServer,
    validateHeaderName,
    validateHeaderValue,
    METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    STATUS_CODES,
    maxHeaderSize: 65536,
  };
};
