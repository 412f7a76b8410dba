module.exports = require('../made.js')('readline/promises', ['createInterface', 'Interface']);
