module.exports = require('./made.js')('readline', ['createInterface', 'Interface', 'clearLine', 'cursorTo', 'emitKeypressEvents']);
