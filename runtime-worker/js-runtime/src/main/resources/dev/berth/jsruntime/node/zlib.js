// `zlib`: the host compresses; a stream gives all its output at its end.
const { Transform } = require('stream');

const LONGEST = 1 << 25;
const constants = {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1,
  Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3,
  Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64,
  Z_MAX_CHUNK: Infinity, Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9, Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1,
  Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1,
};

const toText = (data) => {
  if (typeof data === 'string') return host.toLatin1(Buffer.from(data));
  if (data instanceof ArrayBuffer) return host.toLatin1(new Uint8Array(data));
  if (ArrayBuffer.isView(data)) return host.toLatin1(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const error = new TypeError('The "buffer" argument must be of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
};

const level = (options) => {
  const given = options && options.level;
  return '' + (Number.isInteger(given) && given >= -1 && given <= 9 ? given : -1);
};
const longest = (options) => {
  const given = options && options.maxOutputLength;
  return '' + (Number.isInteger(given) && given > 0 && given < LONGEST ? given : LONGEST);
};

const codes = (error) => {
  const code = /larger than/.test(error.message) ? 'ERR_BUFFER_TOO_LARGE' : /end of file/.test(error.message) ? 'Z_BUF_ERROR' : 'Z_DATA_ERROR';
  return Object.assign(code === 'ERR_BUFFER_TOO_LARGE' ? new RangeError(error.message) : error, { code, errno: constants[code] });
};
const run = (name, form, setting, text) => {
  try {
    return Buffer.from(host.fromLatin1(host.compute(name, form, setting, text)));
  } catch (error) {
    throw codes(error);
  }
};
const deflating = (form) => (text, options) => run('node.deflate', form, level(options), text);
const inflating = (form) => (text, options) => run('node.inflate', form, longest(options), text);

const KINDS = {
  Deflate: deflating('zlib'),
  DeflateRaw: deflating('raw'),
  Gzip: deflating('gzip'),
  Inflate: inflating('zlib'),
  InflateRaw: inflating('raw'),
  Gunzip: inflating('gzip'),
  Unzip: inflating('any'),
};

class Zlib extends Transform {
  #work;
  #options;
  #pieces = [];
  #size = 0;
  constructor(work, options) {
    super(options);
    this.#work = work;
    this.#options = options;
    this.bytesWritten = 0;
  }
  _transform(chunk, encoding, callback) {
    this.#size += chunk.length;
    this.bytesWritten = this.#size;
    if (this.#size > LONGEST) return callback(new RangeError(`Cannot create a Buffer larger than ${LONGEST} bytes`));
    this.#pieces.push(toText(chunk));
    return callback();
  }
  _flush(callback) {
    try {
      const text = this.#pieces.join('');
      this.#pieces = [];
      // Nothing at all stands for nothing at all, as clients that ask for no body rely on.
      if (text !== '' || !/inflate/.test(this.#work.kind)) this.push(this.#work.run(text, this.#options));
      callback();
    } catch (error) {
      callback(error);
    }
  }
  flush(kind, callback) {
    const then = typeof kind === 'function' ? kind : callback;
    if (typeof then === 'function') host.later(then, []);
  }
  close(callback) {
    if (typeof callback === 'function') host.later(callback, []);
    this.destroy();
  }
  reset() {}
  params(level, strategy, callback) {
    host.later(callback, []);
  }
}

const zlib = { constants, codes: constants, ...constants };
for (const name of Object.keys(KINDS)) {
  const work = { run: KINDS[name], kind: /^(?:Inf|Gun|Unz)/.test(name) ? 'inflate' : 'deflate' };
  const made = {
    [name]: class extends Zlib {
      constructor(options) {
        super(work, options);
      }
    },
  }[name];
  zlib[name] = made;
  zlib['create' + name] = (options) => new made(options);
  const method = name[0].toLowerCase() + name.slice(1);
  zlib[method + 'Sync'] = (data, options) => work.run(toText(data), options);
  zlib[method] = (data, options, callback) => {
    const then = typeof options === 'function' ? options : callback;
    if (typeof then !== 'function') throw new TypeError('The "callback" argument must be of type function');
    let out;
    try {
      out = work.run(toText(data), typeof options === 'function' ? undefined : options);
    } catch (error) {
      return host.later(then, [error]);
    }
    return host.later(then, [null, out]);
  };
}
// No Brotli: clients look whether it is there before they ask a server for it.
zlib.crc32 = (data, value = 0) => {
  let sum = ~value;
  for (const byte of Buffer.from(data)) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
};
module.exports = zlib;
