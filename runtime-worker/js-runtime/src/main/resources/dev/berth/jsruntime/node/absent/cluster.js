module.exports = require('./made.js')('cluster', ['fork', 'setupMaster', 'setupPrimary'], { isMaster: true, isPrimary: true, isWorker: false, workers: {} });
