exports = () => {
  globalThis.touched = true;
  return require('moment')(0).utc().year();
};
