// `util`
const { inspect, format, formatWithOptions } = require('./util/inspect.js');
const equal = require('./util/equal.js');

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isObject = (value) => typeof value === 'object' && value !== null;
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

const checkFunction = (value, name) => {
  if (typeof value === 'function') return;
  const error = new TypeError(`The "${name}" argument must be of type function. Received ${inspect(value)}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
};

const promisify = (original) => {
  checkFunction(original, 'original');
  if (original[customPromisify]) return original[customPromisify];
  const promised = function (...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, value) => (error ? reject(error) : resolve(value))]);
    });
  };
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  Object.defineProperty(promised, customPromisify, { value: promised, configurable: true });
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
};
promisify.custom = customPromisify;

const callbackify = (original) => {
  checkFunction(original, 'original');
  return function (...args) {
    const callback = args.pop();
    checkFunction(callback, 'last argument');
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(callback, null, value),
      (reason) => process.nextTick(callback, reason || Object.assign(new Error('Promise was rejected with a falsy value'), { reason })),
    );
  };
};

const inherits = (type, parent) => {
  checkFunction(type, 'ctor');
  checkFunction(parent, 'superCtor');
  Object.defineProperty(type, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(type.prototype, parent.prototype);
};

const deprecate = (original, message) => {
  let said = false;
  const warning = function (...args) {
    if (!said) {
      said = true;
      console.warn('DeprecationWarning: ' + message);
    }
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
  };
  Object.setPrototypeOf(warning, original);
  if (original.prototype) warning.prototype = original.prototype;
  return warning;
};

const debuglog = () => Object.assign(() => {}, { enabled: false });

const bytesTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const isTyped = (name) => (value) => bytesTag.call(value) === name;
const isTagged = (name) => (value) => isObject(value) && tagOf(value) === name;
const types = {
  isAnyArrayBuffer: (value) => value instanceof ArrayBuffer,
  isArgumentsObject: isTagged('Arguments'),
  isArrayBuffer: (value) => value instanceof ArrayBuffer,
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: (value) => typeof value === 'function' && tagOf(value).startsWith('Async'),
  isBoxedPrimitive: (value) => value instanceof Number || value instanceof String || value instanceof Boolean || isTagged('Symbol')(value) || isTagged('BigInt')(value),
  isDataView: (value) => value instanceof DataView,
  isDate: (value) => value instanceof Date,
  isExternal: () => false,
  isGeneratorFunction: (value) => typeof value === 'function' && tagOf(value).endsWith('GeneratorFunction'),
  isGeneratorObject: (value) => isObject(value) && /Generator$/.test(tagOf(value)),
  isMap: (value) => value instanceof Map,
  isModuleNamespaceObject: () => false,
  isNativeError: (value) => value instanceof Error,
  isNumberObject: (value) => value instanceof Number,
  isPromise: (value) => value instanceof Promise,
  isProxy: () => false,
  isRegExp: (value) => value instanceof RegExp,
  isSet: (value) => value instanceof Set,
  isSharedArrayBuffer: () => false,
  isStringObject: (value) => value instanceof String,
  isBooleanObject: (value) => value instanceof Boolean,
  isSymbolObject: isTagged('Symbol'),
  isBigIntObject: isTagged('BigInt'),
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isWeakMap: (value) => value instanceof WeakMap,
  isWeakSet: (value) => value instanceof WeakSet,
  isMapIterator: isTagged('Map Iterator'),
  isSetIterator: isTagged('Set Iterator'),
};
for (const name of ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
  types['is' + name] = isTyped(name);
}

module.exports = {
  inspect,
  format,
  formatWithOptions,
  promisify,
  callbackify,
  inherits,
  deprecate,
  debuglog,
  debug: debuglog,
  types,
  isDeepStrictEqual: (a, b) => equal(a, b, true),
  stripVTControlCharacters: (text) => String(text).replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  styleText: (style, text) => text,
  toUSVString: (text) => String(text).toWellFormed(),
  aborted: (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true })),
  parseEnv: () => ({}),
  TextEncoder: globalThis.TextEncoder,
  TextDecoder: globalThis.TextDecoder,
  log: (...args) => console.log(format(...args)),
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => require('buffer').Buffer.isBuffer(value),
  isDate: types.isDate,
  isError: types.isNativeError,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject,
  isPrimitive: (value) => !isObject(value) && typeof value !== 'function',
  isRegExp: types.isRegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  _extend: (target, source) => Object.assign(target, source),
};
