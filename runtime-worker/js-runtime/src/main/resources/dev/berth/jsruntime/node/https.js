module.exports = require('./http/client.js')('https:');
