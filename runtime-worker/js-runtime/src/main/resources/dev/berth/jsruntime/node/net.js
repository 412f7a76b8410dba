// `net`: connections, over the host's network service, under the outbound policy and the limit on sockets.
//
// The host reads from the network what is asked for here. A connection keeps the call alive for a while
// after something went over it, because many programs do not wait for what they send.
const { Duplex } = require('stream');
const EventEmitter = require('events');

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
const { now } = Date;

const HOLD = 5000;
const MOST_AT_ONCE = 1 << 18;

const isIPv4 = (text) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(String(text)) && !/(?:^|\.)0\d/.test(String(text));
const isIPv6 = (text) => {
  const given = String(text).replace(/%[0-9a-zA-Z.-]+$/, '');
  const halves = given.split('::');
  if (halves.length > 2 || !/^[0-9a-fA-F:.]+$/.test(given)) return false;
  let groups = 0;
  for (const half of halves) {
    if (half === '') continue;
    const pieces = half.split(':');
    for (let i = 0; i < pieces.length; i++) {
      const isLast = i === pieces.length - 1 && half === halves[halves.length - 1];
      if (isLast && isIPv4(pieces[i])) groups += 2;
      else if (/^[0-9a-fA-F]{1,4}$/.test(pieces[i])) groups++;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
};
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

const ERRNO = { ECONNREFUSED: -111, ECONNRESET: -104, ETIMEDOUT: -110, ENOTFOUND: -3008, EPIPE: -32 };

// What the host says, as Node.js would.
const failure = (error, syscall, facts) => {
  const code = host.codeOf(error);
  const made = new Error(code in ERRNO ? `${syscall} ${code}: ${error.message}` : error.message);
  return Object.assign(made, { code, syscall }, code in ERRNO ? { errno: ERRNO[code] } : undefined, facts);
};

const unsupported = (what) => Object.assign(new Error(`${what} is not supported: functions can only connect`), { code: 'ENOTSUP' });

const portOf = (given) => {
  const port = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw Object.assign(new RangeError(`Port should be >= 0 and < 65536. Received ${typeof given === 'symbol' ? 'a symbol' : String(given)}.`), { code: 'ERR_SOCKET_BAD_PORT' });
  }
  return port;
};

// (options), (port, host), (path): each with a callback or without.
const argumentsOf = (all) => {
  const callback = typeof all[all.length - 1] === 'function' ? all[all.length - 1] : undefined;
  const [first, second] = all;
  if (typeof first === 'object' && first !== null) return [first, callback];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, callback];
  return [{ port: first, ...(typeof second === 'string' ? { host: second } : undefined) }, callback];
};

class Socket extends Duplex {
  _link = undefined;
  _last = 0;
  _holder = undefined;
  _idle = undefined;
  _isRef = true;
  _reading = false;
  _queued = [];

  constructor(options) {
    super({ allowHalfOpen: Boolean(options && options.allowHalfOpen), autoDestroy: true, emitClose: false });
    Object.assign(this, { connecting: false, pending: true, timeout: 0, bytesRead: 0, bytesWritten: 0 });
  }

  // ---- the beginning

  connect(...all) {
    const [options, callback] = argumentsOf(all);
    if (callback) this.once('connect', callback);
    if (options.path) throw unsupported('a socket of the machine');
    const port = portOf(options.port);
    const name = options.host === undefined || options.host === null || options.host === '' ? 'localhost' : String(options.host);
    this.connecting = true;
    this._host = name;
    this._touch();
    this._find(name, options, (error, addresses) => {
      if (this.destroyed) return;
      if (error) this.destroy(error);
      else this._try(addresses, 0, port);
    });
    return this;
  }

  // The host looks names up itself, unless the program has a way of its own.
  _find(name, options, found) {
    const { lookup } = options;
    if (typeof lookup !== 'function' || isIP(name)) {
      found(null, [name]);
      return;
    }
    lookup(name, { family: options.family, hints: options.hints, all: true }, (error, address) => {
      found(error || null, Array.isArray(address) ? address.map((each) => each.address) : [address]);
    });
  }

  _try(addresses, at, port) {
    host.net('connect', { host: String(addresses[at]), port, ...this._secured() }, (error, answer) => {
      if (this.destroyed) {
        if (!error) host.net('close', { id: answer.id }, () => {});
      } else if (!error) this._connected(answer);
      else if (at + 1 < addresses.length) this._try(addresses, at + 1, port);
      else this.destroy(failure(error, 'connect', { address: String(addresses[at]), port }));
    });
  }

  // What a secure connection needs from its beginning.
  _secured() {
    return undefined;
  }

  _connected({ id, address, port }) {
    this.connecting = false;
    this._link = { id, owner: this };
    Object.assign(this, { remoteAddress: address, remotePort: port, remoteFamily: isIPv6(address) ? 'IPv6' : 'IPv4' });
    this._touch();
    this.emit('connect');
    this._start();
  }

  // From here on the program reads and writes.
  _start() {
    this.pending = false;
    this.emit('ready');
    const queued = this._queued;
    this._queued = [];
    for (const work of queued) work();
    if (!this.destroyed) this.read(0);
  }

  // ---- reading and writing

  _read() {
    if (this._reading) return;
    if (this.pending) {
      this._queued.push(() => this._read());
      return;
    }
    if (this._link.owner !== this) return;
    this._reading = true;
    const link = this._link;
    host.net('read', { id: link.id }, (error, bytes) => {
      const socket = link.owner;
      socket._reading = false;
      if (socket.destroyed) return;
      socket._touch();
      if (error) socket.destroy(failure(error, 'read'));
      else if (bytes === null) socket.push(null);
      else {
        socket.bytesRead += bytes.length;
        socket.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      }
    });
  }

  _write(chunk, encoding, callback) {
    if (this.pending) {
      this._queued.push(() => this._write(chunk, encoding, callback));
      return;
    }
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    const from = (start) => {
      if (start >= bytes.length) {
        callback();
        return;
      }
      const part = bytes.subarray(start, start + MOST_AT_ONCE);
      this._touch();
      host.net('write', { id: this._link.id, data: part }, (error) => {
        if (error) {
          callback(failure(error, 'write'));
          return;
        }
        this.bytesWritten += part.length;
        from(start + part.length);
      });
    };
    from(0);
  }

  _final(callback) {
    if (this.pending && (this.connecting || this._link !== undefined)) this._queued.push(() => this._final(callback));
    else if (this._link === undefined || this._link.owner !== this) callback();
    else host.net('end', { id: this._link.id }, () => callback());
  }

  // ---- the end

  _destroy(error, callback) {
    this.connecting = false;
    this._queued = [];
    this._stopTimers();
    if (this._link !== undefined && this._link.owner === this) host.net('close', { id: this._link.id }, () => {});
    callback(error);
    process.nextTick(() => this.emit('close', Boolean(error)));
  }

  destroySoon() {
    if (this.writable) this.end();
    if (this._writableState.finished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  resetAndDestroy() {
    return this.destroy();
  }

  // ---- time

  _stopTimers() {
    if (this._holder !== undefined) clearTimeout(this._holder);
    if (this._idle !== undefined) clearInterval(this._idle);
    this._holder = this._idle = undefined;
  }

  _touch() {
    this._last = now();
    if (this._holder === undefined && this._isRef && !this.destroyed) this._hold(HOLD);
    if (this._idle === undefined && this.timeout > 0 && !this.destroyed) this._watch(this.timeout);
  }

  _hold(millis) {
    this._holder = setTimeout(() => {
      this._holder = undefined;
      const left = HOLD - (now() - this._last);
      if (left > 0 && this._isRef && !this.destroyed) this._hold(left);
    }, millis);
  }

  // An interval, because the call does not wait for those.
  _watch(millis) {
    this._idle = setInterval(() => {
      clearInterval(this._idle);
      this._idle = undefined;
      if (this.destroyed || this.timeout === 0) return;
      const left = this.timeout - (now() - this._last);
      if (left > 0) this._watch(left);
      else this.emit('timeout');
    }, millis);
  }

  setTimeout(millis, callback) {
    this.timeout = Math.min(Math.max(Math.trunc(Number(millis)) || 0, 0), 0x7fffffff);
    if (callback) {
      if (this.timeout > 0) this.once('timeout', callback);
      else this.removeListener('timeout', callback);
    }
    if (this._idle !== undefined) clearInterval(this._idle);
    this._idle = undefined;
    this._last = now();
    if (this.timeout > 0 && !this.destroyed) this._watch(this.timeout);
    return this;
  }

  ref() {
    this._isRef = true;
    return this;
  }
  unref() {
    this._isRef = false;
    if (this._holder !== undefined) clearTimeout(this._holder);
    this._holder = undefined;
    return this;
  }

  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  address() {
    return {};
  }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.pending) return 'closed';
    return this.writable ? (this.readable ? 'open' : 'writeOnly') : this.readable ? 'readOnly' : 'closed';
  }
  get bufferSize() {
    return this.writableLength;
  }
}

class Server extends EventEmitter {
  listening = false;
  listen() {
    throw unsupported('net.Server.listen');
  }
  close() {
    return this;
  }
  address() {
    return null;
  }
}

const connect = (...all) => {
  const [options, callback] = argumentsOf(all);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return callback ? socket.connect(options, callback) : socket.connect(options);
};

module.exports = {
  isIP, isIPv4, isIPv6, Socket, Stream: Socket, Server, connect, createConnection: connect, createServer: () => new Server(),
  _argumentsOf: argumentsOf, _failure: failure,
};
Object.defineProperty(module.exports, '_argumentsOf', { enumerable: false });
Object.defineProperty(module.exports, '_failure', { enumerable: false });
