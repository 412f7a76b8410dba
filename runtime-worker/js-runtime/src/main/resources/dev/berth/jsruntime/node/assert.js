// `assert`
const equal = require('./util/equal.js');
const { inspect } = require('util');

class AssertionError extends Error {
  constructor(options) {
    const { actual, expected, operator, message } = options;
    super(message === undefined ? `${inspect(actual)} ${operator} ${inspect(expected)}` : String(message));
    this.generatedMessage = message === undefined;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
  get name() {
    return 'AssertionError';
  }
}

const fail = (actual, expected, operator, message) => {
  if (message instanceof Error) throw message;
  throw new AssertionError({ actual, expected, operator, message });
};

const ok = (value, message) => {
  if (!value) fail(value, true, '==', message === undefined ? 'The expression evaluated to a falsy value' : message);
};

const check = (operator, holds) => (actual, expected, message) => {
  if (!holds(actual, expected)) fail(actual, expected, operator, message);
};

const matches = (error, expected) => {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return true;
    if (Error.isPrototypeOf(expected)) return false;
    return expected.call({}, error) === true;
  }
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp && typeof error[key] === 'string' ? expected[key].test(error[key]) : equal(error[key], expected[key], true),
  );
};

const checkThrown = (error, expected, message) => {
  if (!matches(error, expected)) {
    if (typeof expected === 'function' || expected instanceof RegExp) throw error;
    fail(error, expected, 'throws', message);
  }
};

const throws = (block, expected, message) => {
  try {
    block();
  } catch (error) {
    return checkThrown(error, expected, message);
  }
  return fail(undefined, expected, 'throws', typeof expected === 'string' ? expected : message || 'Missing expected exception.');
};

const doesNotThrow = (block, message) => {
  try {
    block();
  } catch (error) {
    fail(error, undefined, 'doesNotThrow', typeof message === 'string' ? message : 'Got unwanted exception.\n' + (error && error.message));
  }
};

const promiseOf = (given) => (typeof given === 'function' ? given() : given);

const rejects = async (given, expected, message) => {
  try {
    await promiseOf(given);
  } catch (error) {
    return checkThrown(error, expected, message);
  }
  return fail(undefined, expected, 'rejects', message || 'Missing expected rejection.');
};

const doesNotReject = async (given, message) => {
  try {
    await promiseOf(given);
  } catch (error) {
    fail(error, undefined, 'doesNotReject', message || 'Got unwanted rejection.\n' + (error && error.message));
  }
};

const assert = (value, message) => ok(value, message);
const not = (holds) => (a, b) => !holds(a, b);
const loose = (a, b) => a == b || (a !== a && b !== b);
const deep = (a, b) => equal(a, b, false);
const deepStrict = (a, b) => equal(a, b, true);

Object.assign(assert, {
  AssertionError,
  ok,
  fail: (message = 'Failed') => fail(undefined, undefined, 'fail', message),
  equal: check('==', loose),
  notEqual: check('!=', not(loose)),
  strictEqual: check('===', Object.is),
  notStrictEqual: check('!==', not(Object.is)),
  deepEqual: check('deepEqual', deep),
  notDeepEqual: check('notDeepEqual', not(deep)),
  deepStrictEqual: check('deepStrictEqual', deepStrict),
  notDeepStrictEqual: check('notDeepStrictEqual', not(deepStrict)),
  match: check('match', (text, pattern) => typeof text === 'string' && pattern.test(text)),
  doesNotMatch: check('doesNotMatch', (text, pattern) => typeof text !== 'string' || !pattern.test(text)),
  throws,
  doesNotThrow,
  rejects,
  doesNotReject,
  ifError: (value) => {
    if (value !== null && value !== undefined) throw value instanceof Error ? value : new AssertionError({ actual: value, expected: null, operator: 'ifError' });
  },
});
assert.strict = Object.assign((value, message) => ok(value, message), assert, {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
module.exports = assert;
