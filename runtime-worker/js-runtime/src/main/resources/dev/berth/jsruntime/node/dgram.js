const EventEmitter = require('events');

class Socket extends EventEmitter {}
for (const name of ['bind', 'send', 'connect', 'close']) {
  Socket.prototype[name] = () => {
    const error = new Error(`dgram.Socket.${name} is not supported: functions reach other servers with http and https only`);
    error.code = 'ENOTSUP';
    throw error;
  };
}
module.exports = { Socket, createSocket: () => new Socket() };
