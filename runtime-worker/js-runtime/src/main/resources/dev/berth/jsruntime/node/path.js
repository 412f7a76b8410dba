const path = require('../npm/path-browserify/index.js');

path.posix = path;
path.toNamespacedPath = (name) => name;
module.exports = path;
