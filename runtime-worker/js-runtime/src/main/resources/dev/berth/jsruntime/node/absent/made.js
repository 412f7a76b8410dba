// Modules of Node.js that the runtime does not have, for packages that require them and seldom use them: whatever
// is called throws. Function files do not get them.
module.exports = (name, functions, values) => {
  const out = { ...values };
  for (const each of functions) {
    out[each] = function () {
      const error = new Error(`${name}.${each} cannot be used: this runtime does not have that module of Node.js`);
      error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
      throw error;
    };
  }
  return out;
};
