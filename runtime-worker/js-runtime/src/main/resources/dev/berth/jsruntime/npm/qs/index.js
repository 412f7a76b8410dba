// What `url` wants of the package `qs`, which lets queries nest and would only be used for plain ones.
const querystring = require('querystring');
module.exports = { parse: (text) => querystring.parse(text), stringify: (object) => querystring.stringify(object) };
