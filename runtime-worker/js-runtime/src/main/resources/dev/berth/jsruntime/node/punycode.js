module.exports = require('../npm/punycode/punycode.js');
