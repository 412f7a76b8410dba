exports = () => {
  globalThis.touched = true;
  return require('lodash').chunk([1, 2, 3], 2).length;
};
