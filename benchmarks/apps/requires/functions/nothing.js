// What it leaves behind ends its context: the next call needs a new one.
exports = () => {
  globalThis.touched = true;
  return 1;
};
