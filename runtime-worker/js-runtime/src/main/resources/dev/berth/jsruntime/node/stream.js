// `stream`: the package `readable-stream`, which is the module of Node.js for other runtimes.
const { EventEmitter } = require('events');

// The oldest kind of stream, which only knows `pipe`.
function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);
Stream.prototype.pipe = function (target) {
  this.on('data', (chunk) => {
    if (target.writable && target.write(chunk) === false && this.pause) this.pause();
  });
  target.on('drain', () => {
    if (this.readable && this.resume) this.resume();
  });
  this.on('end', () => target.end());
  target.emit('pipe', this);
  return target;
};

const Readable = require('../npm/readable-stream/lib/_stream_readable.js');
const Writable = require('../npm/readable-stream/lib/_stream_writable.js');
const Duplex = require('../npm/readable-stream/lib/_stream_duplex.js');
const Transform = require('../npm/readable-stream/lib/_stream_transform.js');
const PassThrough = require('../npm/readable-stream/lib/_stream_passthrough.js');
const finished = require('../npm/readable-stream/lib/internal/streams/end-of-stream.js');
const pipeline = require('../npm/readable-stream/lib/internal/streams/pipeline.js');

// Whatever is a stream is a `Stream`, whichever way it was made.
Object.defineProperty(Stream, Symbol.hasInstance, {
  value: function (value) {
    if (this !== Stream) return Function.prototype[Symbol.hasInstance].call(this, value);
    return value instanceof EventEmitter && typeof value.pipe === 'function';
  },
});

Readable.from = (source, options) => {
  const given = { objectMode: true, highWaterMark: 1, ...options };
  if (typeof source === 'string' || source instanceof Uint8Array) {
    return new Readable({
      ...given,
      read() {
        this.push(source);
        this.push(null);
      },
    });
  }
  const steps = source[Symbol.asyncIterator] ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let reading = false;
  return new Readable({
    ...given,
    async read() {
      if (reading) return;
      reading = true;
      try {
        for (;;) {
          const { value, done } = await steps.next();
          if (done) {
            this.push(null);
            return;
          }
          if (!this.push(await value)) break;
        }
        reading = false;
      } catch (error) {
        this.destroy(error);
      }
    },
  });
};

module.exports = Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  finished,
  pipeline,
  isReadable: (stream) => Boolean(stream && stream.readable),
  isErrored: (stream) => Boolean(stream && stream.errored),
  _isUint8Array: (value) => value instanceof Uint8Array,
  _uint8ArrayToBuffer: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  getDefaultHighWaterMark: (objectMode) => (objectMode ? 16 : 16384),
});
Object.defineProperty(Stream, 'promises', { enumerable: true, configurable: true, get: () => require('stream/promises') });
