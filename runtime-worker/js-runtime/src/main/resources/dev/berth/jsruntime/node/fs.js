// `fs`: reads the files of the app's packages, under `/node_modules`; there are no others, and nothing can be written.
const F_OK = 0;
const constants = { F_OK, R_OK: 4, W_OK: 2, X_OK: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384, COPYFILE_EXCL: 1 };

const failure = (code, what, call, path) => {
  const error = new Error(`${code}: ${what}, ${call} '${path}'`);
  return Object.assign(error, { code, syscall: call, path, errno: code === 'ENOENT' ? -2 : -30 });
};
const missing = (call, path) => failure('ENOENT', 'no such file or directory', call, path);

const asPath = (given) => {
  if (typeof given === 'string') return given;
  if (typeof given === 'object' && given !== null && typeof given.pathname === 'string') return decodeURIComponent(given.pathname);
  if (given instanceof Uint8Array) return Buffer.from(given).toString();
  const error = new TypeError('The "path" argument must be of type string or an instance of Buffer or URL');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
};

class Stats {
  constructor(size) {
    this.size = size;
    this.mode = constants.S_IFREG | 0o444;
    for (const name of ['dev', 'ino', 'nlink', 'uid', 'gid', 'rdev', 'atimeMs', 'mtimeMs', 'ctimeMs', 'birthtimeMs']) this[name] = 0;
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(0);
  }
  isFile() {
    return true;
  }
  isDirectory() {
    return false;
  }
  isSymbolicLink() {
    return false;
  }
}

const readText = (given, call) => {
  const path = asPath(given);
  const text = host.fileText(path);
  if (text === undefined) throw missing(call, path);
  return text;
};

const readFileSync = (path, options) => {
  const encoding = typeof options === 'string' ? options : options && options.encoding;
  const bytes = Buffer.from(readText(path, 'open'), 'utf8');
  return encoding ? bytes.toString(encoding) : bytes;
};
const existsSync = (path) => {
  try {
    return host.isFile(asPath(path));
  } catch {
    return false;
  }
};
const accessSync = (path, mode) => {
  if (!existsSync(path)) throw missing('access', asPath(path));
  if (mode & constants.W_OK) throw failure('EROFS', 'read-only file system', 'access', asPath(path));
};
const statSync = (path, options) => {
  if (!existsSync(path) && options && options.throwIfNoEntry === false) return undefined;
  return new Stats(Buffer.byteLength(readText(path, 'stat')));
};
const realpathSync = (path) => {
  accessSync(path);
  return asPath(path);
};

const readOnly = (call) =>
  function (path) {
    throw failure('EROFS', 'read-only file system', call, typeof path === 'string' ? path : '');
  };
const sync = { readFileSync, existsSync, accessSync, statSync, lstatSync: statSync, realpathSync };
for (const name of ['writeFile', 'appendFile', 'mkdir', 'mkdtemp', 'rmdir', 'rm', 'unlink', 'rename', 'copyFile', 'chmod', 'chown', 'utimes', 'truncate', 'symlink', 'link', 'open', 'write']) {
  sync[name + 'Sync'] = readOnly(name);
}
sync.readdirSync = (path) => {
  throw missing('scandir', asPath(path));
};

const promises = { constants };
const later = {};
for (const name of Object.keys(sync)) {
  const plain = name.slice(0, -4);
  if (name === 'existsSync') continue;
  promises[plain] = async (...args) => sync[name](...args);
  later[plain] = (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') throw new TypeError('The "cb" argument must be of type function');
    promises[plain](...args).then((value) => process.nextTick(callback, null, value), (error) => process.nextTick(callback, error));
  };
}

const createReadStream = (path, options) => {
  const { Readable } = require('stream');
  return new Readable({
    ...options,
    encoding: typeof options === 'string' ? options : options && options.encoding,
    read() {
      try {
        this.push(readFileSync(path));
        this.push(null);
      } catch (error) {
        this.destroy(error);
      }
    },
  });
};
const createWriteStream = readOnly('open');

module.exports = {
  ...sync,
  ...later,
  exists: (path, callback) => process.nextTick(callback, existsSync(path)),
  constants,
  ...constants,
  promises,
  Stats,
  createReadStream,
  createWriteStream,
  ReadStream: function ReadStream() {},
  WriteStream: function WriteStream() {},
};
