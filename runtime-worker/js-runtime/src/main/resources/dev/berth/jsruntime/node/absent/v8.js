module.exports = require('./made.js')('v8', ['deserialize', 'serialize', 'getHeapSnapshot', 'getHeapStatistics', 'setFlagsFromString']);
