const validator = require('validator');
exports = () => {
  equal([validator.isEmail('a@b.com'), validator.isEmail('a@'), validator.isURL('https://a.test/x'), validator.isIP('::1'), validator.escape('<a>')], [true, false, true, true, '&lt;a&gt;']);
};
