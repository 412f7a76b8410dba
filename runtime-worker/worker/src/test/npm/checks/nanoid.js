const { nanoid, customAlphabet } = require('nanoid');
exports = () => {
  equal([nanoid().length, /^[ab]{5}$/.test(customAlphabet('ab', 5)())], [21, true]);
};
