// `net`: addresses can be told apart; connections are refused, because only `http` and `https` go out.
const { Duplex } = require('stream');
const EventEmitter = require('events');

const refused = (name) => {
  const error = new Error(`${name} is not supported: functions reach other servers with http and https only`);
  error.code = 'ENOTSUP';
  return error;
};

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

class Socket extends Duplex {
  connecting = false;
  connect() {
    process.nextTick(() => this.destroy(refused('net.connect')));
    return this;
  }
  setTimeout() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  address() {
    return {};
  }
  _read() {}
  _write(chunk, encoding, callback) {
    callback(refused('net.Socket'));
  }
}

class Server extends EventEmitter {
  listen() {
    throw refused('net.Server.listen');
  }
  close() {
    return this;
  }
}

const connect = (...args) => new Socket().connect(...args);
module.exports = { isIP, isIPv4, isIPv6, Socket, Stream: Socket, Server, connect, createConnection: connect, createServer: () => new Server() };
