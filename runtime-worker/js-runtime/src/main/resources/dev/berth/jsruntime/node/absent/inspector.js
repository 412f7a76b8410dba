module.exports = require('./made.js')('inspector', ['open', 'close', 'Session'], { url: () => undefined });
