module.exports = require('../npm/string_decoder/lib/string_decoder.js');
