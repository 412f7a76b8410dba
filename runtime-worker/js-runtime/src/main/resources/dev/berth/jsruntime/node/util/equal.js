// Deep equality, as `assert` and `util.isDeepStrictEqual` mean it.
const tagOf = (value) => Object.prototype.toString.call(value);
const isObject = (value) => typeof value === 'object' && value !== null;
const keysOf = (value) => [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((each) => Object.prototype.propertyIsEnumerable.call(value, each))];

const sameBytes = (a, b) => {
  const bytes = (value) => (ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value));
  const [left, right] = [bytes(a), bytes(b)];
  return left.length === right.length && left.every((each, i) => each === right[i]);
};

const sameSet = (a, b, strict, seen) => {
  if (a.size !== b.size) return false;
  const rest = [...b];
  return [...a].every((each) => {
    if (b.has(each)) return true;
    const at = rest.findIndex((other) => isObject(other) && equal(each, other, strict, seen));
    if (at < 0) return false;
    rest.splice(at, 1);
    return true;
  });
};

const sameMap = (a, b, strict, seen) => {
  if (a.size !== b.size) return false;
  const rest = [...b];
  return [...a].every(([key, value]) => {
    if (b.has(key)) return equal(value, b.get(key), strict, seen);
    const at = rest.findIndex(([other, its]) => isObject(other) && equal(key, other, strict, seen) && equal(value, its, strict, seen));
    if (at < 0) return false;
    rest.splice(at, 1);
    return true;
  });
};

const equal = (a, b, strict, seen = []) => {
  if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (tagOf(a) !== tagOf(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.some(([left, right]) => left === a && right === b)) return true;
  if (a instanceof Date && b instanceof Date) {
    if (a.getTime() !== b.getTime() && !(isNaN(a) && isNaN(b))) return false;
  } else if (a instanceof RegExp && b instanceof RegExp) {
    if (String(a) !== String(b) || a.lastIndex !== b.lastIndex) return false;
  } else if (a instanceof Error && b instanceof Error) {
    if (a.message !== b.message || a.name !== b.name) return false;
  } else if (ArrayBuffer.isView(a) || a instanceof ArrayBuffer) {
    return sameBytes(a, b);
  } else if (a instanceof Number || a instanceof String || a instanceof Boolean) {
    if (!Object.is(a.valueOf(), b.valueOf())) return false;
  }
  const pairs = [...seen, [a, b]];
  if (a instanceof Set && !sameSet(a, b, strict, pairs)) return false;
  if (a instanceof Map && !sameMap(a, b, strict, pairs)) return false;
  if (Array.isArray(a) && a.length !== b.length) return false;
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => Object.prototype.hasOwnProperty.call(b, key) && equal(a[key], b[key], strict, pairs));
};

module.exports = equal;
